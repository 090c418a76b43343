/** What the settings screen says around its cards, in English. */
export const settingsPageEn = {
  settingsPage: {
    search: 'Search the settings',
    none: 'No setting has these words.',
    ways: 'Settings',
    groups: {
      response: 'What happens to mail',
      people: 'Mail to and from people',
      verdict: 'What decides the verdict',
      outside: 'Other programs',
      privacy: 'Privacy',
    },
  },
};
