import { expect, it } from 'vitest';
import { AccountError, destinationOf, type AccountOptions } from '../../../electron/host/account-options.ts';

const JANE = { userId: 'jane', appId: 'trips' };
const SERVICE = 'https://api.clarifai.com';

it.each<[string, AccountOptions, Record<string, string>, ReturnType<typeof destinationOf>]>([
  ['nothing', {}, {}, null],
  ['empty variables', {}, { CLARIFAI_USER_ID: '', CLARIFAI_PAT: '  ' }, null],
  ['options', JANE, {}, { baseUrl: SERVICE, ...JANE }],
  ['variables', {}, { CLARIFAI_USER_ID: ' jane ', CLARIFAI_APP_ID: 'trips' }, { baseUrl: SERVICE, ...JANE }],
  [
    'options before variables',
    JANE,
    { CLARIFAI_USER_ID: 'other', CLARIFAI_APP_ID: 'other' },
    { baseUrl: SERVICE, ...JANE },
  ],
  ['half and half', { userId: 'jane' }, { CLARIFAI_APP_ID: 'trips' }, { baseUrl: SERVICE, ...JANE }],
  [
    'a base',
    { ...JANE, apiBase: 'https://clarifai.example/' },
    {},
    { baseUrl: 'https://clarifai.example', ...JANE },
  ],
  [
    'a base in a variable',
    JANE,
    { CLARIFAI_API_BASE: 'http://localhost:8000' },
    { baseUrl: 'http://localhost:8000', ...JANE },
  ],
  [
    'loopback, IPv4',
    { ...JANE, apiBase: 'http://127.1.2.3:80' },
    {},
    { baseUrl: 'http://127.1.2.3:80', ...JANE },
  ],
  [
    'loopback, IPv6',
    { ...JANE, apiBase: 'http://[::1]:8000' },
    {},
    { baseUrl: 'http://[::1]:8000', ...JANE },
  ],
  ['the practice account', { ...JANE, practice: true }, { CLARIFAI_PAT: 'x' }, null],
])('takes the account from %s', (_, options, env, expected) => {
  expect(destinationOf(options, env)).toEqual(expected);
});

it.each<[string, AccountOptions, Record<string, string>, RegExp]>([
  ['only a user', { userId: 'jane' }, {}, /both a user id and an app id/u],
  ['only an app', {}, { CLARIFAI_APP_ID: 'trips' }, /both a user id and an app id/u],
  ['only a token', {}, { CLARIFAI_PAT: 'x' }, /For the practice account say --practice/u],
  ['only a base', { apiBase: SERVICE }, {}, /both a user id and an app id/u],
  ['no address', { ...JANE, apiBase: 'clarifai' }, {}, /"clarifai" is no address/u],
  ['another protocol', { ...JANE, apiBase: 'ftp://clarifai.com' }, {}, /is no address/u],
  ['no encryption', { ...JANE, apiBase: 'http://api.clarifai.com' }, {}, /is not encrypted/u],
  [
    'a host that only begins like loopback',
    { ...JANE, apiBase: 'http://127.0.0.1.example.com' },
    {},
    /not encrypted/u,
  ],
  ['a host that only ends like loopback', { ...JANE, apiBase: 'http://notlocalhost' }, {}, /not encrypted/u],
])('refuses %s', (_, options, env, words) => {
  expect(() => destinationOf(options, env)).toThrow(AccountError);
  expect(() => destinationOf(options, env)).toThrow(words);
});
