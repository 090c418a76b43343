/** What the frame around every screen says, in English. */
export const frameEn = {
  skip: 'Skip to content',
  nav: {
    label: 'Dashboard',
    menu: 'Menu',
    submissions: 'Submissions',
    retractions: 'Retractions',
    settings: 'Settings',
  },
  signOut: 'Sign out',
  signedInAs: (name: string) => `Signed in as ${name}`,
  language: 'Language',
  shortcuts: {
    title: 'Keyboard',
    open: 'Keys',
    search: 'To the search field',
    help: 'This list',
    escape: 'Close, or change your mind',
    on: 'Use these keys',
    close: 'Close',
  },
  outdated: {
    text: 'This part of the dashboard could not be fetched. The server may have been updated since this page was opened.',
    reload: 'Load the page again',
  },
};
