import type {
  ScheduleDecodeRequest,
  ScheduleDecodeResult,
  ScheduleEncodeRequest,
  ScheduleEncodeResult,
} from '../contract/generated/types.js';
import { describeToken } from './describeToken.js';
import { readToken } from './readToken.js';
import { decodeSchedule, encodeSchedule } from './scheduleString.js';

/** `schedule/decode`: the tokens of all strings, in order. */
export function decodeStrings({ scheduleString }: ScheduleDecodeRequest): ScheduleDecodeResult {
  const tokens = scheduleString.flatMap((text) => [...decodeSchedule(text)]);
  return { tokens, descriptions: tokens.map(describeToken) };
}

/** `schedule/encode`: the tokens with every property, and the one string of all of them. */
export function encodeTokens(request: ScheduleEncodeRequest): ScheduleEncodeResult {
  const tokens = request.tokens.map((properties) => readToken(properties));
  return { tokens, scheduleString: encodeSchedule(tokens), descriptions: tokens.map(describeToken) };
}
