import type {
  ScheduleDecodeRequest,
  ScheduleDecodeResult,
  ScheduleEncodeRequest,
  ScheduleEncodeResult,
} from '../contract/generated/types.js';
import { readToken } from './readToken.js';
import { decodeSchedule, encodeSchedule } from './scheduleString.js';

/** `schedule/decode`: the tokens of all strings, in order. */
export function decodeStrings({ scheduleString }: ScheduleDecodeRequest): ScheduleDecodeResult {
  return { tokens: scheduleString.flatMap((text) => [...decodeSchedule(text)]) };
}

/** `schedule/encode`: the tokens with every property, and the one string of all of them. */
export function encodeTokens(request: ScheduleEncodeRequest): ScheduleEncodeResult {
  const tokens = request.tokens.map((properties) => readToken(properties));
  return { tokens, scheduleString: encodeSchedule(tokens) };
}
