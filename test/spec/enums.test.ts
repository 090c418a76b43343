/** Wire enums that look alike (product specification, section 4): one enum of ours for each concept, one table. */
import { DELIVERY_MODES as SEARCHED_MODES } from '../../shared/messages.ts';
import { MESSAGE_ACTIONS } from '../../shared/search-query.ts';
import { SUBMISSION_STATUSES } from '../../shared/submission.ts';
import {
  BULK_ACTIONS,
  BULK_JOB_STATUSES,
  BULK_MESSAGE_STATUSES,
  DELIVERY_MODES,
  DELIVERY_STATUSES,
  OPERATION_WORDS,
  OPERATIONS,
  REVIEW_STATES,
  SUBMISSION_TYPE_WORDS,
} from '../../shared/vendor-words.ts';

const spelled = (place: keyof (typeof OPERATION_WORDS)['MOVE']) =>
  OPERATIONS.map((operation) => OPERATION_WORDS[operation][place]).filter((word) => word !== null);

test('action log `operation`: MOVE, RELEASE, RECLASSIFY, SUBMISSION, QUARANTINE_RELEASE, PREVIEW', () => {
  expect(spelled('action_log')).toEqual([
    'MOVE',
    'RELEASE',
    'RECLASSIFY',
    'SUBMISSION',
    'QUARANTINE_RELEASE',
    'PREVIEW',
  ]);
});

test('message `post_delivery_operations`: PREVIEW, QUARANTINE_RELEASE, SUBMISSION, MOVE', () => {
  expect(spelled('post_delivery_operations').sort()).toEqual(['MOVE', 'PREVIEW', 'QUARANTINE_RELEASE', 'SUBMISSION']);
});

test('search filter `message_action`: PREVIEW, QUARANTINE_RELEASED, MOVED, and the search takes these and no others', () => {
  expect(spelled('message_action').sort()).toEqual(['MOVED', 'PREVIEW', 'QUARANTINE_RELEASED']);
  expect([...MESSAGE_ACTIONS].sort()).toEqual(spelled('message_action').sort());
});

test('log export `Operation`: move, submission, quarantineRelease', () => {
  expect(spelled('log_export').sort()).toEqual(['move', 'quarantineRelease', 'submission']);
});

test('no place spells two operations alike', () => {
  for (const place of ['action_log', 'post_delivery_operations', 'message_action', 'log_export'] as const)
    expect(new Set(spelled(place)).size).toBe(spelled(place).length);
});

test('message `delivery_status`: delivered, moved, quarantined, rejected, deferred, bounced, queued, move_failed', () => {
  expect([...DELIVERY_STATUSES].sort()).toEqual(
    ['bounced', 'deferred', 'delivered', 'move_failed', 'moved', 'queued', 'quarantined', 'rejected'].sort(),
  );
});

test('message `delivery_mode`: eleven words are known, six of them are produced here', () => {
  expect(Object.keys(DELIVERY_MODES)).toEqual([
    'DIRECT',
    'BCC',
    'JOURNAL',
    'API',
    'RETRO_SCAN',
    'REVIEW_SUBMISSION',
    'SIMULATION_SUBMISSION',
    'THREAT_INTEL_SUBMISSION',
    'DMARC_UNVERIFIED',
    'DMARC_FAILURE_REPORT',
    'DMARC_AGGREGATE_REPORT',
  ]);
  const ours = Object.entries(DELIVERY_MODES).filter(([, mode]) => mode.ours);
  expect(ours.map(([mode]) => mode)).toEqual([
    'BCC',
    'JOURNAL',
    'API',
    'RETRO_SCAN',
    'REVIEW_SUBMISSION',
    'SIMULATION_SUBMISSION',
  ]);
  expect(SEARCHED_MODES).toEqual(expect.arrayContaining(ours.map(([mode]) => mode)));
  const logged = new Set(Object.values(DELIVERY_MODES).map((mode) => mode.log_export));
  expect([...logged].sort()).toEqual(['api', 'bcc', 'direct', 'journal', 'retroScan', 'unset']);
});

test('bulk job `status`: PENDING, DISCOVERING, PROCESSING, COMPLETED, FAILED, CANCELLED', () => {
  expect(BULK_JOB_STATUSES).toEqual(['PENDING', 'DISCOVERING', 'PROCESSING', 'COMPLETED', 'FAILED', 'CANCELLED']);
  expect(BULK_ACTIONS).toEqual(['MOVE', 'RELEASE', 'RECLASSIFY']);
});

test('bulk message `status`: PENDING, PROCESSING, COMPLETED, FAILED, CANCELLED, SKIPPED', () => {
  expect(BULK_MESSAGE_STATUSES).toEqual(['PENDING', 'PROCESSING', 'COMPLETED', 'FAILED', 'CANCELLED', 'SKIPPED']);
});

test('submission `type`: the record says Team and User, the filter TEAM and USER', () => {
  expect(SUBMISSION_TYPE_WORDS).toEqual({
    USER: { record: 'User', filter: 'USER' },
    TEAM: { record: 'Team', filter: 'TEAM' },
  });
});

test('submission review state: escalated, reviewed, unreviewed; the filter `status` can take its words beside the record’s own', () => {
  expect([...REVIEW_STATES].sort()).toEqual(['escalated', 'reviewed', 'unreviewed']);
  const processing: readonly string[] = SUBMISSION_STATUSES;
  expect(REVIEW_STATES.filter((word) => processing.includes(word))).toEqual([]);
});
