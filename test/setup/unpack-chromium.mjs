/**
 * Unpacks @sparticuz/chromium into the folder named by the first argument and prints the path of the program. A process
 * of its own, because the package reads both variables when it is imported.
 */
process.env.TMPDIR = process.argv[2];
// It unpacks its own shared libraries only when it believes itself there.
process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs20.x';
const { default: chromium } = await import('@sparticuz/chromium');
process.stdout.write(await chromium.executablePath());
