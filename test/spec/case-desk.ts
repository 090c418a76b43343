/** Casework on a real database: the desk of the submission room, with the rooms that analysts work in opened on it. */

import { createBulkWorker } from '../../server/investigation/bulk-worker.ts';
import { type Casework, openCasework } from '../../server/investigation/casework.ts';
import { openInvestigations } from '../../server/investigation/investigations.ts';
import type { Submissions } from '../../server/submission/face.ts';
import { openSubmissions } from '../../server/submission/submissions.ts';
import type { BulkJob } from '../../shared/bulk-job.ts';
import type { SubmissionFilters, SubmissionRecord } from '../../shared/submission-record.ts';
import { Desk } from '../submission/desk.ts';

export const MARA = { id: 'mara@example.org', language: 'en' };

export class CaseDesk {
  readonly submissions: Submissions;
  readonly casework: Casework;
  private constructor(
    readonly desk: Desk,
    readonly matching: ReturnType<typeof openInvestigations>['matching'],
  ) {
    this.submissions = openSubmissions(desk.world);
    this.casework = openCasework(desk.world, matching);
  }

  static async open(): Promise<CaseDesk> {
    const desk = await Desk.open();
    const { tenant, store, providers, now } = desk.world;
    const { matching } = openInvestigations({ tenant, store, providers, now, searchMs: 1_000 });
    return new CaseDesk(desk, matching);
  }

  close = () => this.desk.close();

  /** Everything a worker does about bulk jobs until nothing is left to do. */
  async work(until: (job: BulkJob) => boolean = (job) => job.completed_at !== null, id?: string): Promise<void> {
    const worker = createBulkWorker(this.desk.world, this.matching);
    for (let round = 0; round < 500; round++) {
      const did = await worker.round();
      if (id && until((await this.casework.bulk.get(id))!)) break;
      if (!did && !id) break;
    }
    await worker.stop();
  }

  async list(filters: SubmissionFilters & { cursor?: string; limit?: number } = {}): Promise<SubmissionRecord[]> {
    return (await this.submissions.list({ limit: 50, language: 'en', ...filters })).items;
  }

  record = async (id: string): Promise<SubmissionRecord> => (await this.submissions.record(id, 'en'))!;
  message = async (id: string): Promise<string> => (await this.desk.submission(id)).message_id!;

  async reclassify(message: string, disposition: SubmissionRecord['requested_disposition'], more: object = {}) {
    const asked = { ids: [message], disposition, ...more };
    const [result] = (await this.casework.reclassify(asked, null, MARA, 'en'))!;
    return result!;
  }
}
