-- What other programs are told: one line an alert, a move, a release and a submission, in the order they happened. Written
-- with what it tells of, never changed: copies go on, their lines do not.
create table mail_events (
  id bigint generated always as identity primary key,
  tenant text not null,
  kind text not null check (kind in ('alert', 'move', 'release', 'submission')),
  -- To the millisecond: exports go on from here.
  at timestamptz(3) not null,
  message_id text references messages on delete cascade,
  -- The mail's when it happened; null: not judged yet.
  disposition text check (disposition in ('MALICIOUS', 'SPOOF', 'SUSPICIOUS', 'SPAM', 'BULK', 'NONE')),
  verdict_id bigint references verdicts on delete cascade,
  submission_id text references submissions on delete cascade,
  copy_id bigint references retraction_copies on delete cascade,
  -- The state that the copy reached, such as retracted, gone, failed, restored.
  outcome text not null default '',
  -- What the provider or we said about it; '' when all went as asked.
  reason text not null default '',
  folder text not null default ''
);
create index mail_events_time on mail_events (tenant, at, id);
create index mail_events_message on mail_events (message_id);
create index mail_events_copy on mail_events (copy_id) where copy_id is not null;
create index mail_events_verdict on mail_events (verdict_id) where verdict_id is not null;
create index mail_events_submission on mail_events (submission_id) where submission_id is not null;

create table webhooks (
  id text primary key,
  tenant text not null,
  name text not null,
  url text not null,
  format text not null check (format in ('json', 'slack', 'teams', 'splunk')),
  events text[] not null,
  dispositions text[] not null,
  language text not null default 'en',
  -- Key of the HMAC; shown once.
  secret text not null,
  -- Of Splunk's HTTP Event Collector; '' for none.
  token text not null default '',
  enabled boolean not null default true,
  created_by text not null,
  created_at timestamptz not null default now(),
  -- Refusals and silences in a row; the target rests until not_before.
  failures integer not null default 0,
  failing_since timestamptz,
  not_before timestamptz,
  last_error text,
  last_error_at timestamptz,
  last_delivered_at timestamptz
);
create index webhooks_tenant on webhooks (tenant, created_at);

-- The outbox: one row a target and event, written in the transaction of the event.
create table webhook_deliveries (
  id bigint generated always as identity primary key,
  webhook_id text not null references webhooks on delete cascade,
  event_id bigint not null references mail_events on delete cascade,
  state text not null default 'due' check (state in ('due', 'delivered', 'failed')),
  attempts integer not null default 0,
  created_at timestamptz not null default now(),
  owner text,
  lease_until timestamptz,
  settled_at timestamptz
);
create index webhook_deliveries_due on webhook_deliveries (webhook_id, attempts, id) where state = 'due';
create index webhook_deliveries_settled on webhook_deliveries (settled_at) where state <> 'due';
create index webhook_deliveries_event on webhook_deliveries (event_id);

-- A copy that comes to its end is an event, in the same breath. Here and not in the statement: measured with ten at a time,
-- the plan of one statement that does it all made recording an outcome three times as dear; a function's plan is kept.
create function copy_has_settled() returns trigger language plpgsql as $$
declare event bigint;
begin
  insert into mail_events (tenant, kind, at, message_id, disposition, copy_id, outcome, reason, folder)
  select r.tenant, case when old.state = 'restoring' then 'release' else 'move' end,
         coalesce(case when new.state = 'restored' then new.restored_at else new.acted_at end, now()),
         r.message_id, m.disposition, new.id, new.state,
         case when new.state in ('retracted', 'purged') then '' else coalesce(new.reason, new.error_code, '') end,
         coalesce(case when new.state = 'restored' then new.restored_folder else new.folder_after end, '')
  from retractions r join messages m on m.id = r.message_id where r.id = new.retraction_id
  returning id into event;
  insert into webhook_deliveries (webhook_id, event_id)
  select w.id, event from retractions r join webhooks w on w.tenant = r.tenant
  where r.id = new.retraction_id and w.enabled and 'post_delivery' = any(w.events);
  if found then perform pg_notify('reelback_changed', 'webhooks'); end if;
  return null;
end $$;
create trigger retraction_copies_settled after update of state on retraction_copies for each row
  -- One whose permanent deletion failed is what it was before: that is no news.
  when (new.state is distinct from old.state and not (old.state = 'purging' and new.state <> 'purged')
        and new.state in ('retracted', 'already_there', 'gone', 'failed', 'restored', 'purged'))
  execute function copy_has_settled();

-- Since when a retraction waits for a person, whoever made it wait: what waits too long expires.
alter table retractions add column held_at timestamptz;
update retractions set held_at = requested_at where state = 'held';
create function retraction_is_held() returns trigger language plpgsql as
  $$ begin new.held_at = now(); return new; end $$;
create trigger retractions_held_since before insert or update of state on retractions
  for each row when (new.state = 'held') execute function retraction_is_held();
create index retractions_held on retractions (held_at) where state = 'held';

-- What retention looks for, and what a spike of restores is told from.
create index submissions_requested on submissions (requested_at);
create index submissions_upload on submissions (upload_sha256) where upload_sha256 is not null;
create index blobs_stored on blobs (stored_at, sha256);
create index audit_log_restores on audit_log (tenant, at) where action = 'retraction.restoring';
-- Whatever refers to a case is found when it is deleted.
create index submissions_verdict on submissions (verdict_id) where verdict_id is not null;
create index submissions_escalated on submissions (escalated_submission_id) where escalated_submission_id is not null;
create index deliveries_retraction on deliveries (retraction_id) where retraction_id is not null;
create index bulk_job_messages_message on bulk_job_messages (message_id);
create index bulk_job_messages_of_retraction on bulk_job_messages (retraction_id) where retraction_id is not null;
create index bulk_job_messages_submission on bulk_job_messages (submission_id) where submission_id is not null;
