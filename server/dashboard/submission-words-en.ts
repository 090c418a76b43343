/** What the list of submissions says, in English. */
const plural = (n: number, one: string, many: string) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

export const submissionsEn = {
  submissions: {
    title: 'Submissions',
    count: (shown: number, more: boolean) =>
      more ? `The newest ${shown}` : plural(shown, 'submission', 'submissions'),
    search: 'Search subject, sender or reporter',
    verdict: 'Verdict',
    status: 'State',
    all: 'All',
    columns: { verdict: 'Verdict', mail: 'Mail', reporter: 'Reported by', when: 'When', retraction: 'Copies' },
    noSubject: '(no subject)',
    from: (sender: string) => `from ${sender}`,
    simulation: 'Simulation',
    none: {
      title: 'No report yet',
      lead: 'Reports arrive here the moment somebody presses Report phishing.',
      steps: [
        ['Somebody reports', 'In Outlook or Gmail, with one button. The original mail comes along.'],
        ['We judge it', 'Within seconds, with reasons that a person can check.'],
        ['Copies are reeled in', 'Out of every mailbox. One press puts them back exactly where they were.'],
      ] as [string, string][],
      demo: 'In the demo, open the web mail, pick a mail and press Report phishing.',
    },
    noMatch: { title: 'No submission matches', clear: 'Clear the filters' },
  },
};
