import { userInfo } from 'node:os';
import { expect } from 'chai';
import { accountName } from '../../server/cli/accountName.js';

describe('The account that a verb says it was asked by', () => {
  it('is what the system names to the process, and else what it is looked up as', () => {
    expect(accountName({ USERNAME: 'jane', USER: 'other' })).to.equal('jane');
    expect(accountName({ USER: 'jane' })).to.equal('jane');
    expect(accountName({})).to.equal(userInfo().username);
  });

  it('is none where nothing knows it', () => {
    const unknown = (): string => {
      throw new Error('ENOENT: no such file or directory, uv_os_get_passwd');
    };
    expect(accountName({}, unknown)).to.equal(undefined);
  });
});
