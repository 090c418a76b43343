-- A mail is known by the SHA-256 of its bytes, whether or not its bytes are kept: undetected mail is seen without a body, and
-- retention and privacy delete bodies. Who wants the bytes asks blobs and lives with none.
alter table messages drop constraint messages_sha256_fkey;
alter table submissions drop constraint submissions_upload_sha256_fkey;

-- What people search by and see in a list, once for every mail, reported or seen on delivery.
alter table messages
  add column delivery_mode text not null default 'REVIEW_SUBMISSION'
    check (delivery_mode in ('BCC', 'JOURNAL', 'API', 'RETRO_SCAN', 'REVIEW_SUBMISSION', 'SIMULATION_SUBMISSION')),
  add column from_name text not null default '',
  add column envelope_from text not null default '',
  add column reply_to text not null default '',
  add column sent_at timestamptz,
  add column size integer not null default 0,
  -- Registrable domains of sender, recipients and links, lower case.
  add column domains text[] not null default '{}',
  -- The newest verdict's; null: not judged yet.
  add column disposition text check (disposition in ('MALICIOUS', 'SPOOF', 'SUSPICIOUS', 'SPAM', 'BULK', 'NONE')),
  add column judged_at timestamptz,
  add column finding_ids text[] not null default '{}',
  add column attributes text[] not null default '{}',
  -- What the detail of a mail shows when its body is not kept, as the message room made it.
  add column facts jsonb not null default '{}',
  -- Sparse vector of the model's features, to judge it anew without its body; null: not kept.
  add column features bytea,
  -- Words of subject, names, addresses, hosts of links and names of attachments.
  add column words tsvector;
create index messages_words on messages using gin (words);
create index messages_recent on messages (tenant, received_at desc, id desc);
create index messages_detected on messages (tenant, received_at desc, id desc) where disposition <> 'NONE';
create index messages_domains on messages using gin (domains);

-- Where a mail was seen on its delivery: who has it, so that a later retraction knows its recipients.
create table message_copies (
  message_id text not null references messages on delete cascade,
  mailbox text not null check (mailbox = lower(mailbox)),
  provider text check (provider in ('microsoft365', 'google')),
  -- null: seen on its way (journal, BCC), not in the mailbox.
  provider_message_id text,
  delivery_mode text not null check (delivery_mode in ('BCC', 'JOURNAL', 'API', 'RETRO_SCAN')),
  delivered_at timestamptz,
  seen_at timestamptz not null,
  primary key (message_id, mailbox)
);
create index message_copies_mailbox on message_copies (mailbox, seen_at desc);
