import { fitVoices } from '../analysis/voice-calibration.ts';
import { decidedMails, storeCalibration, storedCalibration } from '../store/voice-calibrations.ts';
import type { LearningWorld } from './world.ts';

const EVERY_MS = 24 * 3_600_000;
/** Older decisions are about another model and other people. */
const MOST = 5_000;

/** Once a day: how the machine's margin and the voices fit what people decided. Nothing, as long as that is too little. */
export async function recalibrate({ store, tenant, now }: LearningWorld): Promise<void> {
  const at = now();
  const stored = await storedCalibration(store.db, tenant);
  if (stored && at.getTime() - stored.fitted_at.getTime() < EVERY_MS) return;
  const decided = await decidedMails(store.db, tenant, MOST);
  const fitted = fitVoices(
    decided.map(({ machine, voices, disposition }) => ({ machine, voices, malicious: disposition === 'MALICIOUS' })),
  );
  await storeCalibration(store.db, tenant, fitted, decided.length, at);
}
