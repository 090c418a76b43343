/** Runs the Gmail of the `emulate` package, in a process of its own: it is an ES module only. Ends with its parent. */
import { createEmulator } from 'emulate';

const [port, seed] = process.argv.slice(2);
const { url } = await createEmulator({ service: 'google', port: Number(port), seed: JSON.parse(seed) });
process.send({ url });
process.on('disconnect', () => process.exit(0));
