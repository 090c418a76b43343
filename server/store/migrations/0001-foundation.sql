-- Raw messages by SHA-256, Brotli-compressed, in chunk rows: one thing to back up, transactional with the submission.
create table blobs (
  sha256 text primary key,
  size integer not null check (size >= 0),
  encoding text not null check (encoding in ('br', 'identity')),
  stored_at timestamptz not null default now()
);
create table blob_chunks (
  sha256 text not null references blobs on delete cascade,
  position integer not null check (position >= 0),
  bytes bytea not null,
  primary key (sha256, position)
);
alter table blob_chunks alter column bytes set storage external;

-- Who can hold mail, as the directory said last. The planner reads this, never the directory page by page.
create table mailboxes (
  tenant text not null,
  address text not null check (address = lower(address)),
  provider text not null check (provider in ('microsoft365', 'google')),
  user_id text not null,
  aliases text[] not null default '{}',
  kind text not null check (kind in ('user', 'shared')),
  seen_at timestamptz not null,
  primary key (tenant, address)
);
-- When a provider's directory was last listed completely.
create table directory_listings (
  tenant text not null,
  provider text not null,
  listed_at timestamptz not null,
  primary key (tenant, provider)
);
create index mailboxes_user on mailboxes (tenant, provider, user_id);
create index mailboxes_aliases on mailboxes using gin (aliases);

-- One judged mail: the bytes of one copy. Copies of the same mail in other mailboxes have other bytes, but sameMail() holds.
create table messages (
  id text primary key,
  tenant text not null,
  sha256 text not null references blobs,
  internet_message_id text,
  subject text not null,
  header_from text not null,
  fingerprint jsonb not null,
  recipients text[] not null default '{}',
  received_at timestamptz not null default now(),
  unique (tenant, sha256)
);
create index messages_internet_message_id on messages (tenant, internet_message_id);

create table verdicts (
  id bigint generated always as identity primary key,
  message_id text not null references messages,
  disposition text not null check (disposition in ('MALICIOUS', 'SPOOF', 'SUSPICIOUS', 'SPAM', 'BULK', 'NONE')),
  body jsonb not null,
  authentication jsonb not null,
  judged_at timestamptz not null default now()
);
create index verdicts_message on verdicts (message_id, id desc);

create table retractions (
  id text primary key,
  tenant text not null,
  cause text not null check (cause in ('psr', 'auto', 'pdr', 'manual')),
  state text not null check (state in ('planned', 'held', 'running', 'confirming', 'done', 'cancelled', 'restoring', 'restored')),
  -- True: copies are found and recorded, and none is moved.
  preview boolean not null default false,
  reason text,
  message_id text not null references messages,
  -- Search keys only: the sender chooses them.
  internet_message_ids text[] not null,
  fingerprint jsonb not null,
  subject text not null,
  destination text not null check (destination in
    ('Quarantine', 'Inbox', 'JunkEmail', 'DeletedItems', 'RecoverableItemsDeletions', 'RecoverableItemsPurges')),
  definitive boolean not null default false,
  generation integer not null default 1,
  requested_by text not null,
  requested_at timestamptz not null default now(),
  planned_at timestamptz,
  plan_owner text,
  plan_lease_until timestamptz,
  plan_not_before timestamptz,
  plan_error text,
  completed_at timestamptz,
  -- Set when a person approved, cancelled or restored: no reporter undoes that.
  decided_by text,
  -- A person looked at the number of mailboxes: the guard no longer holds.
  approved_at timestamptz,
  -- Mailboxes in which a copy has been touched: what the guard bounds.
  mailboxes_touched integer not null default 0
);
create index retractions_message_ids on retractions using gin (internet_message_ids);
create index retractions_active on retractions (state) where state in ('planned', 'held', 'running', 'confirming', 'cancelled', 'restoring');
create index retractions_recent on retractions (tenant, requested_at desc, id desc);

create table submissions (
  id text primary key,
  tenant text not null,
  submission_type text not null check (submission_type in ('USER', 'TEAM')),
  status text not null check (status in ('received', 'analysing', 'concluded', 'invalid', 'withdrawn')),
  report_type text not null check (report_type in ('phish', 'spam', 'not_sure', 'safe')),
  requested_disposition text not null check (requested_disposition in ('MALICIOUS', 'SPOOF', 'SUSPICIOUS', 'SPAM', 'BULK', 'NONE')),
  requested_at timestamptz not null,
  -- The reporter's own address by the directory; the claimed mailbox until the directory has answered.
  requested_by text not null,
  reporter_user_id text not null,
  -- False while the directory could not be asked: nothing is read before it is true.
  mailbox_verified boolean not null,
  provider text not null check (provider in ('microsoft365', 'google')),
  mailbox text not null,
  provider_message_id text,
  internet_message_id text,
  comment text not null default '',
  exposure text[] not null default '{}',
  language text not null default 'en',
  client jsonb,
  upload_sha256 text references blobs,
  upload_fidelity text check (upload_fidelity in ('exact', 'text', 'reconstructed')),
  idempotency_key text,
  -- One live submission per reporter and message; null once withdrawn or invalid, so that it can be reported again.
  natural_key text,
  original text check (original in ('authoritative', 'client_supplied', 'reconstructed', 'missing')),
  original_id text,
  message_id text references messages,
  verdict_id bigint references verdicts,
  subject text not null default '',
  header_from text not null default '',
  invalid_reason text,
  simulation boolean not null default false,
  psr_action text check (psr_action in ('retract', 'hold', 'preview', 'none')),
  psr_reason text,
  retraction_id text references retractions,
  -- The reporter took it back and an analyst must decide what becomes of the retraction.
  review_requested_at timestamptz,
  concluded_at timestamptz,
  withdrawn_at timestamptz,
  owner text,
  lease_until timestamptz,
  attempts integer not null default 0,
  not_before timestamptz,
  last_error text
);
create unique index submissions_idempotency on submissions (tenant, reporter_user_id, idempotency_key) where idempotency_key is not null;
create unique index submissions_natural on submissions (tenant, reporter_user_id, natural_key) where natural_key is not null;
create index submissions_recent on submissions (tenant, requested_at desc, id desc);
create index submissions_open on submissions (requested_at) where status in ('received', 'analysing');
create index submissions_retraction on submissions (retraction_id) where retraction_id is not null;

-- One row a mailbox in scope: where to look next, and how often a look was clean.
create table retraction_mailboxes (
  retraction_id text not null references retractions on delete cascade,
  mailbox text not null,
  provider text not null check (provider in ('microsoft365', 'google')),
  -- 0 reporter and header recipients, 1 known recipients, 2 group members, 3 message trace, 4 everyone else.
  priority smallint not null check (priority between 0 and 4),
  state text not null default 'open' check (state in ('open', 'closed', 'failed')),
  reason text,
  finds integer not null default 0,
  -- Consecutive finds without a copy outside the destination; three close the mailbox.
  clean_finds integer not null default 0,
  attempts integer not null default 0,
  due_at timestamptz not null,
  owner text,
  lease_until timestamptz,
  primary key (retraction_id, mailbox)
);
create index retraction_mailboxes_due on retraction_mailboxes (retraction_id, priority, due_at) where state = 'open';

-- The restore ledger: one row a copy and generation; a pre-image is never overwritten by a later generation.
create table retraction_copies (
  id bigint generated always as identity primary key,
  retraction_id text not null references retractions on delete cascade,
  mailbox text not null,
  provider text not null check (provider in ('microsoft365', 'google')),
  provider_message_id text not null,
  previous_id text,
  generation integer not null default 1,
  state text not null check (state in
    ('found', 'acting', 'retracted', 'already_there', 'gone', 'failed', 'unknown', 'review', 'restoring', 'restored')),
  reason text,
  internet_message_id text not null,
  subject text not null,
  received_at timestamptz,
  from_folder text not null,
  from_folder_name text not null default '',
  labels text[] not null default '{}',
  was_read boolean not null,
  read_at_move boolean,
  flag text not null default '',
  importance text not null default '',
  categories text[] not null default '{}',
  destination text not null,
  folder_after text,
  attempts integer not null default 0,
  owner text,
  lease_until timestamptz,
  not_before timestamptz,
  request_id text,
  error_code text,
  first_seen_at timestamptz not null default now(),
  intent_at timestamptz,
  acted_at timestamptz,
  confirmed_at timestamptz,
  restore_requested_by text,
  restored_at timestamptz,
  restored_folder text,
  restore_fallback boolean not null default false,
  unique (retraction_id, mailbox, provider_message_id, generation)
);
create index retraction_copies_work on retraction_copies (retraction_id, state) where state in ('found', 'acting', 'unknown', 'restoring');
create index retraction_copies_mailbox on retraction_copies (retraction_id, mailbox);

-- Who works on jobs and retractions, and when it was heard last.
create table workers (
  id text primary key,
  beat_at timestamptz not null
);

create table settings (
  tenant text not null,
  name text not null,
  value jsonb not null,
  changed_by text not null,
  changed_at timestamptz not null default now(),
  primary key (tenant, name)
);

-- Entries of the lists: allow_policies, block_senders, protected_mailboxes.
create table list_entries (
  id text primary key,
  tenant text not null,
  list text not null check (list in ('allow_policies', 'block_senders', 'protected_mailboxes')),
  value text not null,
  comment text not null default '',
  created_by text not null,
  created_at timestamptz not null default now(),
  unique (tenant, list, value)
);

create table audit_log (
  id bigint generated always as identity primary key,
  tenant text not null,
  at timestamptz not null default now(),
  actor text not null,
  action text not null,
  subject_id text not null,
  detail jsonb not null default '{}'
);
create index audit_log_subject on audit_log (subject_id, id);
create function audit_log_is_append_only() returns trigger language plpgsql as
  $$ begin raise exception 'audit_log is append-only'; end $$;
create trigger audit_log_append_only before update or delete on audit_log
  for each statement execute function audit_log_is_append_only();
