-- A doubtful verdict is reached anew later, when registries, blocklists and other people know more.
alter table submissions add column look_again_at timestamptz;
alter table submissions add column looks smallint not null default 0 check (looks >= 0);
create index submissions_look_again on submissions (look_again_at) where look_again_at is not null;
