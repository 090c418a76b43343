-- False: only seen on its delivery. What was reported makes a wave, and teaches.
alter table messages add column reported boolean not null default true;
create index message_copies_provider on message_copies (mailbox, provider_message_id) where provider_message_id is not null;

-- Mail seen on its delivery: when it is evaluated anew, and what has been done about it without a report.
create table deliveries (
  message_id text primary key references messages on delete cascade,
  tenant text not null,
  first_seen_at timestamptz not null,
  -- null: nothing is planned.
  due_at timestamptz,
  owner text,
  lease_until timestamptz,
  attempts integer not null default 0,
  last_error text,
  -- What lists and known cases are compared with, as the analysis room made it: no passage of the content.
  kept jsonb not null,
  action text check (action in ('retract', 'hold', 'preview', 'none')),
  reason text,
  retraction_id text references retractions on delete set null,
  acted_at timestamptz
);
create index deliveries_due on deliveries (tenant, due_at) where due_at is not null;
create index deliveries_newest on deliveries (tenant, first_seen_at desc, message_id desc);

-- What a seen mail carries that a case may be known by: the first 64 bits of the SHA-256 of kind and value. Rows and not an
-- array, for the reason of message_bands.
create table delivery_indicators (
  tenant text not null,
  hash bigint not null,
  message_id text not null references deliveries on delete cascade,
  primary key (tenant, hash, message_id)
);
create index delivery_indicators_message on delivery_indicators (message_id);

-- One row a mailbox whose new mail is read: where to go on, and when.
create table watched_mailboxes (
  tenant text not null,
  mailbox text not null,
  provider text not null check (provider in ('microsoft365', 'google')),
  -- As the adapter made it; null: not begun, or lost by the provider.
  cursor text,
  -- What came in before is not read when the mailbox is begun anew.
  since timestamptz not null,
  due_at timestamptz not null,
  owner text,
  lease_until timestamptz,
  attempts integer not null default 0,
  failing_since timestamptz,
  last_error text,
  looked_at timestamptz,
  primary key (tenant, mailbox)
);
create index watched_mailboxes_due on watched_mailboxes (tenant, due_at);

-- A look at all seen mail of the last weeks, newest first, because what is known has changed. One at a time; another change
-- begins it again.
create table delivery_sweeps (
  tenant text primary key,
  reason text not null check (reason in ('model', 'lists', 'case')),
  -- What was known when it began: another mark begins another sweep.
  mark text not null,
  begun_at timestamptz not null,
  -- The last mail that was looked at.
  after_at timestamptz,
  after_id text,
  ended_at timestamptz,
  looked_at integer not null default 0,
  changed integer not null default 0,
  owner text,
  lease_until timestamptz
);
