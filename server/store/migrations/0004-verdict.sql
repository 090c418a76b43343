-- Lists of every kind the procedure knows. `kind` says how the value is compared, `options` what follows from a match.
alter table list_entries drop constraint list_entries_list_check;
alter table list_entries add constraint list_entries_list_check check (list in
  ('allow_policies', 'block_senders', 'trusted_domains', 'impersonation_registry', 'simulations', 'protected_mailboxes'));
alter table list_entries add column kind text not null default '' check (kind in
  ('', 'address', 'domain', 'ip', 'server_name', 'url_host', 'sha256', 'pattern', 'name'));
alter table list_entries add column options jsonb not null default '{}';
update list_entries set kind = case when value like '%@%' then 'address' else 'domain' end;
alter table list_entries drop constraint list_entries_tenant_list_value_key;
alter table list_entries add constraint list_entries_unique unique (tenant, list, kind, value);

-- The weighed evidence and the opinions a verdict was concluded from: enough to replay it without the mail or the model.
alter table verdicts add column evidence jsonb;
alter table verdicts add column opinion jsonb;

-- Mails that are the same to a reader: what reporters vote on, and what counts as one wave.
alter table messages add column cluster_id text;
update messages set cluster_id = id;
alter table messages alter column cluster_id set not null;
create index messages_cluster on messages (tenant, cluster_id, received_at desc);

-- What is known of people who report, by a salted hash of who they are: pseudo-counts of right and wrong reports.
create table reporter_salts (
  tenant text primary key,
  salt text not null
);
create table reporters (
  tenant text not null,
  reporter text not null,
  was_right double precision not null check (was_right > 0),
  was_wrong double precision not null check (was_wrong > 0),
  -- The record fades from this moment on.
  as_of timestamptz not null,
  primary key (tenant, reporter)
);
-- One vote a person and cluster. A label by a person replaces the machine's; `share` is how right the vote was.
create table reporter_votes (
  tenant text not null,
  reporter text not null,
  cluster_id text not null,
  voted_at timestamptz not null,
  label_by text check (label_by in ('analyst', 'machine')),
  share double precision check (share between 0 and 1),
  weight double precision check (weight >= 0),
  labelled_at timestamptz,
  primary key (tenant, reporter, cluster_id)
);
create index reporter_votes_recent on reporter_votes (tenant, reporter, voted_at);
create index reporter_votes_cluster on reporter_votes (tenant, cluster_id);
create index reporter_votes_unlabelled on reporter_votes (tenant, voted_at) where label_by is null;

-- What a person decided about a judged mail; the newest counts.
create table decisions (
  id bigint generated always as identity primary key,
  tenant text not null,
  message_id text not null references messages,
  disposition text not null check (disposition in ('MALICIOUS', 'SPOOF', 'SUSPICIOUS', 'SPAM', 'BULK', 'NONE')),
  decided_by text not null,
  decided_at timestamptz not null,
  -- Reporters and known-bad indicators have learnt from it.
  learnt_at timestamptz
);
create index decisions_message on decisions (message_id, id desc);
create index decisions_unlearnt on decisions (tenant, id) where learnt_at is null;

-- What confirmed cases carried: looked up by value, for 30 days. `proof` decides alone, the rest associates.
create table indicators (
  tenant text not null,
  kind text not null check (kind in ('sha256', 'url', 'host', 'address')),
  -- A hash, a host, an address; of a URL its SHA-256.
  value text not null,
  message_id text not null references messages on delete cascade,
  proof boolean not null,
  confirmed_at timestamptz not null,
  primary key (tenant, kind, value, message_id)
);
create index indicators_message on indicators (message_id);

-- How margins and voices fit what this organisation's people decided; null until enough has been decided.
create table voice_calibrations (
  tenant text primary key,
  value jsonb not null,
  decisions integer not null,
  fitted_at timestamptz not null
);
