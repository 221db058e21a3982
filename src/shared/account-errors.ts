/** The part of the catalogue (errors.ts) that is about accounts, sessions and tokens. */
export const ACCOUNT_ERRORS = {
  'not-signed-in': { message: 'Nobody is signed in here.', action: 'Sign in, then do it again.' },
  'not-allowed': {
    message: 'The account “{name}” may not do this: it is that of {role}.',
    action: 'Ask an administrator to do it, or to change the role of the account.',
  },
  'password-change-needed': {
    message: 'The password of “{name}” is good once, and must be changed first.',
    action: 'Sign in to Gyrus and choose a password of your own.',
  },
  'sign-in-refused': {
    message: 'Name and password do not go together.',
    action: 'Check both and the caps lock. An administrator can set a new password.',
  },
  'sign-in-delayed': {
    message: 'There were failed tries; the next one can be made in {seconds} s.',
    action: 'Wait so long, or ask an administrator to set a new password.',
  },
  'accounts-exist': {
    message: 'Gyrus was set up already.',
    action: 'Sign in, or ask the administrator for an account.',
  },
  'account-first-administrator': {
    message: 'The first account is that of an administrator.',
    action: 'Give it the role “administrator”; make other accounts with it.',
  },
  'account-name-invalid': {
    message: '“{name}” cannot be the name of an account.',
    action: 'Use up to {maximum} letters, digits, spaces and “.”, “-”, “_”, beginning with a letter or digit.',
  },
  'account-name-taken': {
    message: 'There is or was an account “{name}”.',
    action: 'Choose another name: the record knows people by it for ever. One that was deactivated can be activated.',
  },
  'account-unknown': {
    message: 'There is no account “{name}”.',
    action: 'See the list of accounts for those there are.',
  },
  'account-inactive': {
    message: 'The account “{name}” is deactivated.',
    action: 'Activate it first.',
  },
  'account-last-administrator': {
    message: 'This is the last active administrator.',
    action: 'Make another administrator first.',
  },
  'password-short': {
    message: 'The password has {length} characters; at least {minimum} are needed.',
    action: 'Take a longer one: a few words that do not belong together are good, and easy to remember.',
  },
  'password-long': { message: 'The password has more than {maximum} characters.', action: 'Take a shorter one.' },
  'password-common': {
    message: 'This password is among the first that are tried.',
    action: 'Take one that nobody would guess: a few words that do not belong together.',
  },
  'password-names': {
    message: 'The password holds the name of the account.',
    action: 'Take one that nobody would guess: a few words that do not belong together.',
  },
  'password-same': { message: 'This is the password that is to be changed.', action: 'Take another one.' },
  'token-unknown': {
    message: 'There is no token “{id}” that could be revoked.',
    action: 'See “gyrus accounts tokens” for those there are.',
  },
  'token-refused': {
    message: 'The token is not known here, was revoked, or is too old.',
    action: 'Have an administrator make one: gyrus accounts token NAME --for "what".',
  },
  'terminal-needed': {
    message: 'This record has accounts, and there is no terminal to ask for name and password.',
    action: 'Give a token by GYRUS_TOKEN or --token-file.',
  },
} as const
