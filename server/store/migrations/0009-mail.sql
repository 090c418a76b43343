-- How a report came in. What arrives by mail is told by its sender, not by a signed token.
alter table submissions add column channel text not null default 'add_in' check (channel in ('add_in', 'mail', 'dashboard'));
-- Where an answer goes, and the Message-ID of the mail it answers; null: nobody is answered (an automatic mail, a stranger).
alter table submissions add column answer_to text;
alter table submissions add column answered_message_id text;
create index submissions_invalid on submissions (tenant, requested_at desc, id desc) where status = 'invalid';

-- Mail that the SMTP listener has accepted and nobody has looked at yet. It is deleted once it has become something else.
create table intake_mails (
  id text primary key,
  tenant text not null,
  -- The address it was sent to, lower case: it says what the mail is.
  recipient text not null,
  -- RFC 5321.MailFrom; '' is the null sender.
  envelope_from text not null,
  client_ip text not null,
  helo text not null,
  size integer not null check (size >= 0),
  sha256 text not null,
  encoding text not null check (encoding in ('br', 'identity')),
  raw bytea not null,
  received_at timestamptz not null,
  owner text,
  lease_until timestamptz,
  not_before timestamptz,
  attempts integer not null default 0,
  last_error text
);
alter table intake_mails alter column raw set storage external;
create index intake_mails_due on intake_mails (tenant, received_at);

-- Mail to people: written in the transaction of what it tells, sent at least once, with the same Message-ID every time.
create table outgoing_mail (
  id text primary key,
  tenant text not null,
  kind text not null check (kind in ('team_verdict', 'user_verdict', 'mail_removed', 'mail_restored', 'invalid_submission')),
  -- What it is about: a submission or a retraction.
  subject_id text not null,
  -- One mail a person and occasion.
  occasion text not null,
  recipient text not null,
  language text not null,
  letter jsonb not null,
  in_reply_to text,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed')),
  created_at timestamptz not null,
  not_before timestamptz not null,
  attempts integer not null default 0,
  owner text,
  lease_until timestamptz,
  last_error text,
  sent_at timestamptz,
  failed_at timestamptz,
  unique (tenant, recipient, occasion)
);
create index outgoing_mail_due on outgoing_mail (tenant, not_before) where state = 'waiting';
create index outgoing_mail_failed on outgoing_mail (tenant, failed_at desc) where state = 'failed';
create index outgoing_mail_sent on outgoing_mail (tenant, sent_at desc) where state = 'sent';
