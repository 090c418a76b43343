-- What counts as a copy: the judged mail alone, or every mail of its campaign.
alter table retractions add column scope text not null default 'message' check (scope in ('message', 'campaign'));
-- As the retraction room made it: print, authentication of the judged mail, sender, words of the subject, time window.
alter table retractions add column campaign jsonb;
-- Sender and subject without what is personal, hashed. A search key only: the sender chooses both.
alter table retractions add column campaign_key text;
alter table retractions add constraint retractions_campaign_scope
  check ((scope = 'campaign') = (campaign is not null) and (scope = 'campaign') = (campaign_key is not null));
create index retractions_campaign on retractions (tenant, campaign_key, requested_at desc) where campaign_key is not null;

-- Whether another retraction holds a copy.
create index retraction_copies_held on retraction_copies (mailbox, provider_message_id);

-- The judged mail without what is personal to its recipient.
alter table messages add column campaign jsonb;
alter table messages add column campaign_key text;
create index messages_campaign on messages (tenant, campaign_key, received_at desc) where campaign_key is not null;
-- 16 LSH bands of its MinHash: texts that are alike share one. Rows and not an array in messages: of arrays without common
-- elements PostgreSQL guesses that every thirteenth row fits, and reads the whole table (measured with 200,000 mails: 1.2 s).
create table message_bands (
  tenant text not null,
  band integer not null,
  message_id text not null references messages on delete cascade,
  primary key (tenant, band, message_id)
);
create index message_bands_message on message_bands (message_id);
create index submissions_message on submissions (message_id) where message_id is not null;
