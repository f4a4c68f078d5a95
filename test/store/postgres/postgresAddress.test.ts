import { expect } from 'chai';
import { SyncError } from '../../../server/errors/SyncError.js';
import { describeAddress, parsePostgresAddress } from '../../../server/store/postgres/PostgresAddress.js';

const SECRET = 's3cret';

function refusal(text: string): string {
  try {
    parsePostgresAddress(text);
    return '';
  } catch (error) {
    if (!(error instanceof SyncError) || error.errorId !== 'DatabaseAddressInvalid') throw error;
    expect(error.message).not.to.contain(SECRET);
    return String(error.data['reason']);
  }
}

describe('The address of a database in PostgreSQL', () => {
  it('names servers, database, user and password', () => {
    expect(parsePostgresAddress('postgresql://cm:p%40ss%3A@db.contoso.com/CM_PS1')).to.deep.equal({
      hosts: [{ host: 'db.contoso.com', port: 5432 }],
      database: 'CM_PS1',
      user: 'cm',
      password: 'p@ss:',
      isTlsAsked: false,
      rootCertificates: undefined,
    });
    expect(parsePostgresAddress(' postgres://cm@[::1]:5433,db2:5434,db3/x\n').hosts).to.deep.equal([
      { host: '::1', port: 5433 },
      { host: 'db2', port: 5434 },
      { host: 'db3', port: 5432 },
    ]);
    expect(parsePostgresAddress('postgresql://cm@/x?host=/run/postgresql&port=5433').hosts).to.deep.equal([
      { host: '/run/postgresql', port: 5433 },
    ]);
    expect(parsePostgresAddress('postgresql://?host=a,b&port=1,2&user=cm&dbname=x').hosts).to.deep.equal([
      { host: 'a', port: 1 },
      { host: 'b', port: 2 },
    ]);
  });

  it('is shown without user and password', () => {
    expect(describeAddress(parsePostgresAddress(`postgresql://cm:${SECRET}@[::1],db2:1/x`))).to.equal(
      'the database x on [::1]:5432, db2:1',
    );
  });

  it('verifies TLS beyond this machine, and here where it is asked for', () => {
    expect(parsePostgresAddress('postgresql://cm@127.0.0.1/x?sslmode=verify-full').isTlsAsked).to.equal(true);
    expect(parsePostgresAddress('postgresql://cm@localhost/x?sslmode=disable').isTlsAsked).to.equal(false);
    for (const mode of ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'no-verify'])
      expect(refusal(`postgresql://cm:${SECRET}@db/x?sslmode=${mode}`), mode).to.contain(`sslmode=${mode} would not`);
    expect(refusal('postgresql://cm@127.0.0.1,db/x?sslmode=disable')).to.contain('sslmode=disable would not');
    expect(parsePostgresAddress('postgresql://cm@db/x?sslrootcert=/etc/ca.pem').rootCertificates).to.equal(
      '/etc/ca.pem',
    );
  });

  it('that is not one is refused without telling the password', () => {
    const refused = {
      'it does not have the form': `mysql://cm:${SECRET}@db/x`,
      'it names no database': `postgresql://cm:${SECRET}@db`,
      'it names no user': 'postgresql://db/x',
      'it names no server': `postgresql://cm:${SECRET}@a,/x`,
      'is not a number from 1 to 65535': `postgresql://cm:${SECRET}@db:70000/x`,
      'a % in it': `postgresql://cm:${SECRET}%zz@db/x`,
      'the parameter options is not known': `postgresql://cm:${SECRET}@db/x?options=-c`,
      'the password stands behind the user': `postgresql://cm@db/x?password=${SECRET}`,
      'an IPv6 address stands in brackets': `postgresql://cm:${SECRET}@::1/x`,
      'target_session_attrs can only be read-write': 'postgresql://cm@db/x?target_session_attrs=standby',
    };
    for (const [reason, text] of Object.entries(refused)) expect(refusal(text)).to.contain(reason);
  });
});
