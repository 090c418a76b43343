/** The invented company: who works there. Two languages, ten departments, two groups, two shared mailboxes. */

export const demoName = 'Lindenhof Instruments';
export const demoDomain = 'example.org';

export interface DemoPerson {
  /** Local part of the address. */
  name: string;
  displayName: string;
  language: 'en-GB' | 'de-DE';
  department: string;
  jobTitle: string;
  aliases?: string[];
  kind?: 'shared';
}

const de = (name: string, displayName: string, department: string, jobTitle: string): DemoPerson => ({
  name,
  displayName,
  language: 'de-DE',
  department,
  jobTitle,
});
const en = (name: string, displayName: string, department: string, jobTitle: string): DemoPerson => ({
  name,
  displayName,
  language: 'en-GB',
  department,
  jobTitle,
});

export const demoPeople: readonly DemoPerson[] = [
  { ...de('margarethe.lindenhof', 'Margarethe Lindenhof', 'Management', 'Chief Executive Officer'), aliases: ['ceo'] },
  en('oliver.hartnell', 'Oliver Hartnell', 'Management', 'Chief Operating Officer'),
  de('ulrike.brandt', 'Ulrike Brandt', 'Management', 'Executive Assistant'),
  { ...en('ana.marsh', 'Ana Marsh', 'Finance', 'Head of Accounts Payable'), aliases: ['ap'] },
  de('benedikt.vogel', 'Benedikt Vogel', 'Finance', 'Controller'),
  de('claudia.reuter', 'Claudia Reuter', 'Finance', 'Accountant'),
  en('tom.whitfield', 'Tom Whitfield', 'Finance', 'Payroll Specialist'),
  de('sabine.krug', 'Sabine Krug', 'Finance', 'Accountant'),
  en('priya.nair', 'Priya Nair', 'Sales', 'Head of Sales'),
  en('daniel.okafor', 'Daniel Okafor', 'Sales', 'Account Manager UK'),
  de('felix.baumann', 'Felix Baumann', 'Sales', 'Account Manager DACH'),
  en('grace.liddell', 'Grace Liddell', 'Sales', 'Inside Sales'),
  de('henrike.voss', 'Henrike Voss', 'Sales', 'Inside Sales'),
  en('marco.bellini', 'Marco Bellini', 'Sales', 'Account Manager South'),
  de('joerg.steinbach', 'Jörg Steinbach', 'Engineering', 'Head of Engineering'),
  de('katrin.adler', 'Katrin Adler', 'Engineering', 'Optics Engineer'),
  en('liam.doherty', 'Liam Doherty', 'Engineering', 'Firmware Engineer'),
  en('mei.tanaka', 'Mei Tanaka', 'Engineering', 'Firmware Engineer'),
  de('nils.petersen', 'Nils Petersen', 'Engineering', 'Mechanical Engineer'),
  en('rosa.delgado', 'Rosa Delgado', 'Engineering', 'Test Engineer'),
  de('stefan.wolff', 'Stefan Wolff', 'Engineering', 'Electronics Engineer'),
  en('yusuf.kaya', 'Yusuf Kaya', 'Engineering', 'Software Engineer'),
  de('gerd.hoffmann', 'Gerd Hoffmann', 'Production', 'Head of Production'),
  de('ingrid.lorenz', 'Ingrid Lorenz', 'Production', 'Shift Lead'),
  de('karl.metzger', 'Karl Metzger', 'Production', 'Calibration Technician'),
  de('petra.schulte', 'Petra Schulte', 'Production', 'Quality Manager'),
  de('uwe.krause', 'Uwe Krause', 'Production', 'Warehouse Manager'),
  de('miriam.engel', 'Miriam Engel', 'Production', 'Purchasing'),
  en('victor.hale', 'Victor Hale', 'IT', 'Head of IT'),
  de('sophie.ahrens', 'Sophie Ahrens', 'IT', 'System Administrator'),
  en('noah.fielding', 'Noah Fielding', 'IT', 'Security Analyst'),
  en('ruth.ainsley', 'Ruth Ainsley', 'Human Resources', 'Head of People'),
  de('tanja.fuchs', 'Tanja Fuchs', 'Human Resources', 'Recruiter'),
  de('wiebke.jansen', 'Wiebke Jansen', 'Human Resources', 'HR Administrator'),
  en('zoe.carter', 'Zoe Carter', 'Marketing', 'Head of Marketing'),
  de('lena.fischer', 'Lena Fischer', 'Marketing', 'Content Editor'),
  en('isaac.bloom', 'Isaac Bloom', 'Marketing', 'Events Manager'),
  en('hannah.price', 'Hannah Price', 'Support', 'Customer Support Lead'),
  de('dirk.neumann', 'Dirk Neumann', 'Support', 'Support Engineer'),
  en('chloe.bennett', 'Chloe Bennett', 'Support', 'Support Engineer'),
  en('arthur.quill', 'Arthur Quill', 'Legal', 'General Counsel'),
  de('bettina.kern', 'Bettina Kern', 'Legal', 'Contract Manager'),
  { ...en('invoices', 'Invoices', 'Finance', 'Shared mailbox'), kind: 'shared', aliases: ['rechnungen'] },
  { ...en('support', 'Support Desk', 'Support', 'Shared mailbox'), kind: 'shared' },
];

/** Who has which role of the dashboard: the app roles of the registration. */
export const demoStaff: Record<string, string[]> = {
  'victor.hale@example.org': ['super_admin'],
  'sophie.ahrens@example.org': ['config_admin'],
  'noah.fielding@example.org': ['soc_analyst'],
  'oliver.hartnell@example.org': ['viewer'],
};

/** Group address to what its members have in common. */
export const demoGroups = [
  { name: 'all-staff', displayName: 'All Staff', has: (person: DemoPerson) => person.kind !== 'shared' },
  {
    name: 'finance',
    displayName: 'Finance',
    has: (person: DemoPerson) => person.department === 'Finance' && person.kind !== 'shared',
  },
];

export const addressOf = (person: { name: string }): string => `${person.name}@${demoDomain}`;
