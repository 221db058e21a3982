export const adminTexts = {
  nav: 'Admin',
  title: 'Admin',
  sections: 'Parts of the admin panel',
  titles: {
    'data-sets': 'Data sets',
    training: 'Training',
    models: 'Models',
    monitoring: 'Monitoring',
    compute: 'Compute',
    sources: 'Sources',
    care: 'Data care',
    accounts: 'Accounts',
    settings: 'Settings',
  },
  readOnly: 'Read only',
  readOnlyHint: 'You may look at everything here and change nothing.',
}
