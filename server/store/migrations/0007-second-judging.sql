-- When the provider says that a reported mail came in, and the words that every subject of its campaign has: with them a
-- second judging can take the whole campaign, without the bytes. null: only an upload was judged.
alter table messages add column delivered_at timestamptz;
alter table messages add column campaign_words text[];
alter table messages add constraint messages_campaign_kept check ((delivered_at is null) = (campaign_words is null));
