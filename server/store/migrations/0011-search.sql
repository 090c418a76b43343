-- What the index of words needs not remember for long: a search reads all that waits to be merged into it.
alter index messages_words set (gin_pending_list_limit = 512);

-- The index of words has the domains too, and those above them.
drop index messages_domains;

-- Newest first of one disposition; of any but NONE there is messages_detected.
create index messages_judged_as on messages (tenant, disposition, received_at desc, id desc);

-- Findings by id, and attributes by name: NEW_DOMAIN_SENDER=2026-01-02 is found by NEW_DOMAIN_SENDER.
create function message_marks(finding_ids text[], attributes text[]) returns text[]
  language sql immutable parallel safe
  return finding_ids || array(select split_part(attribute, '=', 1) from unnest(attributes) as attribute);
create index messages_marks on messages using gin (message_marks(finding_ids, attributes));

-- An alert's id begins like its mail's.
create index messages_id_begins on messages (id text_pattern_ops);

-- From a mail to what was done with it, and from a mailbox to the mails it has or reported.
create index retractions_message on retractions (message_id);
create index submissions_mailbox on submissions (tenant, mailbox);
