/** What nobody outside Google knows for sure, or what differs between tenants: switches, read at every request. */
export interface GoogleSettings {
  /** Added to every request, and to every part of a batch. */
  latencyMs: number;
  /** Quota units of one user in a minute; 15,000 for projects made before May 2026. */
  unitsPerUserMinute: number;
  unitsPerProjectMinute: number;
  /** How quota is refused: 403, 429, or one after the other. */
  quotaStatus: 403 | 429 | 'both';
  /** Requests to the directory in a minute, by one user. */
  directoryQueriesPerMinute: number;
  /** TRASH and SPAM are purged after so many days. */
  keepDiscardedDays: number;
  /** TRASH and SPAM push INBOX out, and the other way round; else labels are a plain set. */
  exclusiveLabels: boolean;
  /** False: a part of a batch whose Authorization is not that of the batch is refused, 401. */
  batchAcrossUsers: boolean;
  /** False: the edition has no Gmail log in the Reports API, 403. */
  reportsEnabled: boolean;
  /** A mail shows in the Reports API so long after delivery. */
  reportsLagMs: number;
}

export const defaultGoogleSettings: GoogleSettings = {
  latencyMs: 0,
  unitsPerUserMinute: 6000,
  unitsPerProjectMinute: 1_200_000,
  quotaStatus: 'both',
  directoryQueriesPerMinute: 2400,
  keepDiscardedDays: 30,
  exclusiveLabels: false,
  batchAcrossUsers: true,
  reportsEnabled: true,
  reportsLagMs: 2 * 60_000,
};
