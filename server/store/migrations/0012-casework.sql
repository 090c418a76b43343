-- Whether a person has looked at a submission, and what the team said. A team's own submission always waits for review.
alter table submissions
  add column review_state text not null default 'unreviewed' check (review_state in ('unreviewed', 'escalated', 'reviewed')),
  add column reviewed_at timestamptz,
  -- The disposition the team answered with.
  add column reviewed_as text check (reviewed_as in ('MALICIOUS', 'SPOOF', 'SUSPICIOUS', 'SPAM', 'BULK', 'NONE')),
  add column escalated_at timestamptz,
  add column escalated_by text,
  add column escalated_as text check (escalated_as in ('MALICIOUS', 'SPOOF', 'SUSPICIOUS', 'SPAM', 'BULK', 'NONE')),
  -- Of a user's report the team's review of it; of a team's submission the user's report it answers.
  add column escalated_submission_id text references submissions,
  -- What the mail was judged to be before this submission; null: nobody had judged it.
  add column original_disposition text
    check (original_disposition in ('MALICIOUS', 'SPOOF', 'SUSPICIOUS', 'SPAM', 'BULK', 'NONE')),
  -- Of an uploaded mail: what a person says it is becomes a decision together with its verdict.
  add column decides boolean not null default false,
  -- Of verdict_id, kept here so that lists can be filtered and ordered by it.
  add column outcome_disposition text;
update submissions set review_state = 'escalated' where submission_type = 'TEAM' and status <> 'invalid';
update submissions s set outcome_disposition = v.disposition from verdicts v where v.id = s.verdict_id;

create function submissions_outcome() returns trigger language plpgsql as
  $$ begin
       new.outcome_disposition := (select disposition from verdicts where id = new.verdict_id);
       return new;
     end $$;
create trigger submissions_outcome before insert or update of verdict_id on submissions
  for each row execute function submissions_outcome();

-- Worst last; what has no disposition comes before NONE.
create function disposition_rank(disposition text) returns integer language sql immutable parallel safe as
  $$ select coalesce(array_position(array['NONE', 'BULK', 'SPAM', 'SUSPICIOUS', 'SPOOF', 'MALICIOUS'], disposition), 0) $$;
create index submissions_by_id on submissions (tenant, id);
create index submissions_by_subject on submissions (tenant, left(subject, 200), id);
create index submissions_by_original on submissions (tenant, disposition_rank(original_disposition), id);
create index submissions_by_requested on submissions (tenant, disposition_rank(requested_disposition), id);
create index submissions_by_outcome on submissions (tenant, disposition_rank(outcome_disposition), id);
create index submissions_review on submissions (tenant, submission_type, review_state, requested_at desc, id desc);

-- One action over many mails. The rows of its messages are the truth: its counters are counted from them.
create table bulk_jobs (
  id text primary key,
  tenant text not null,
  action text not null check (action in ('MOVE', 'RELEASE', 'RECLASSIFY')),
  -- Of a MOVE; an undo of a RELEASE takes each mail to where it had been moved.
  destination text check (destination in ('Quarantine', 'JunkEmail', 'DeletedItems', 'RecoverableItemsDeletions')),
  disposition text check (disposition in ('MALICIOUS', 'SPOOF', 'SUSPICIOUS', 'SPAM', 'BULK', 'NONE')),
  comment text not null default '',
  -- What was searched for, with its end fixed to the moment of the request; null: the messages were named.
  search jsonb,
  language text not null default 'en',
  status text not null check (status in ('PENDING', 'DISCOVERING', 'PROCESSING', 'COMPLETED', 'FAILED', 'CANCELLED')),
  status_message text,
  created_by text not null,
  created_at timestamptz not null,
  started_at timestamptz,
  completed_at timestamptz,
  -- The last message found, as the search wrote it; the search goes on behind it.
  discovery_cursor text,
  discovery_over boolean not null default false,
  discovery_errors integer not null default 0,
  -- The job whose moves this one takes back: at most one.
  undo_of text unique references bulk_jobs on delete set null,
  owner text,
  lease_until timestamptz,
  not_before timestamptz,
  check ((action = 'RECLASSIFY') = (disposition is not null))
);
create index bulk_jobs_recent on bulk_jobs (tenant, created_at desc, id desc);
create index bulk_jobs_open on bulk_jobs (created_at) where status in ('PENDING', 'DISCOVERING', 'PROCESSING');

create table bulk_job_messages (
  job_id text not null references bulk_jobs on delete cascade,
  message_id text not null references messages on delete cascade,
  status text not null default 'PENDING'
    check (status in ('PENDING', 'PROCESSING', 'COMPLETED', 'FAILED', 'CANCELLED', 'SKIPPED')),
  retry_count integer not null default 0,
  retry_after timestamptz,
  status_message text,
  processed_at timestamptz,
  retraction_id text references retractions on delete set null,
  submission_id text references submissions on delete set null,
  -- The retraction was this job's doing, so undoing the job undoes it; false: it stood already.
  own boolean not null default false,
  -- Of an undo: the retraction whose effect is taken back.
  undoes text,
  -- Who works on it, and until when nobody else does.
  owner text,
  lease_until timestamptz,
  primary key (job_id, message_id)
);
create index bulk_job_messages_status on bulk_job_messages (job_id, status, message_id);
create index bulk_job_messages_retraction on bulk_job_messages (retraction_id) where status = 'PROCESSING';
