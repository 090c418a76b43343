-- Permanent deletion: asked for by a person, of copies that were shown and counted, and never by a setting.
alter table retraction_copies drop constraint retraction_copies_state_check;
alter table retraction_copies add constraint retraction_copies_state_check check (state in
  ('found', 'acting', 'retracted', 'already_there', 'gone', 'failed', 'unknown', 'review', 'restoring', 'restored',
   'purging', 'purged'));
-- What the copy was when its deletion was confirmed, and becomes again when the provider refuses it.
alter table retraction_copies add column purge_from text check (purge_from in ('found', 'retracted'));
alter table retraction_copies add column purge_requested_at timestamptz;
create index retraction_copies_purging on retraction_copies (retraction_id) where state = 'purging';

-- No plan, wave or setting can ever destroy: only the copies of a confirmed list are.
alter table retractions add constraint retractions_never_purge check (destination <> 'RecoverableItemsPurges');

create table purge_confirmations (
  token text primary key,
  tenant text not null,
  retraction_id text not null references retractions on delete cascade,
  requested_by text not null,
  requested_at timestamptz not null,
  expires_at timestamptz not null,
  -- SHA-256 of the ids of the copies that were shown: a copy more or less is another list.
  copies_digest text not null,
  used_at timestamptz,
  used_by text
);
create index purge_confirmations_retraction on purge_confirmations (retraction_id, requested_at desc);
