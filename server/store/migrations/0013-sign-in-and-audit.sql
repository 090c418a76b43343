-- Sessions of the dashboard: the cookie is a random word, here is its SHA-256. Whoever reads this table can sign in as nobody.
create table dashboard_sessions (
  cookie_sha256 text primary key,
  tenant text not null,
  person text not null,
  role text not null check (role in ('viewer', 'soc_analyst', 'config_admin', 'super_admin')),
  signed_in_with text not null check (signed_in_with in ('token', 'oidc')),
  -- SHA-256 of what the sign-in rested on (the admin token, the OpenID client): another one ends the session.
  rests_on text not null,
  signed_in_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index dashboard_sessions_person on dashboard_sessions (tenant, person);
create index dashboard_sessions_expired on dashboard_sessions (expires_at);

-- Sign-ins on their way to the OpenID provider and back; each is used once.
create table sign_in_attempts (
  state_sha256 text primary key,
  tenant text not null,
  -- Of the cookie of the browser that began it: a sign-in cannot be finished in somebody else's browser.
  browser_sha256 text not null,
  nonce text not null,
  code_verifier text not null,
  return_to text not null,
  expires_at timestamptz not null
);
create index sign_in_attempts_expired on sign_in_attempts (expires_at);

-- Whom a subject of the OpenID provider is called here, from the first sign-in on: one person cannot come under two names
-- (and be the second person who confirms), nor two people under one.
create table dashboard_people (
  tenant text not null,
  -- Issuer and subject.
  subject text not null,
  person text not null,
  primary key (tenant, subject),
  unique (tenant, person)
);

-- Who the people of the audit log are. The log itself knows pseudonyms; erasing a person deletes the row here and nothing there.
create table audit_people (
  tenant text not null,
  pseudonym text not null,
  -- reporter: tenant and user id of a token; person: whoever works with the dashboard.
  kind text not null check (kind in ('reporter', 'person')),
  person text not null,
  primary key (tenant, pseudonym),
  unique (tenant, person)
);

-- What the audit log refers to by hash: content that may name people. sha256 = SHA-256 of salt, newline, body.
create table audit_contents (
  tenant text not null,
  sha256 text not null,
  salt text not null,
  body text not null,
  primary key (tenant, sha256)
);

-- Nobody reads earlier lines by an address from here on.
alter table audit_log disable trigger audit_log_append_only;
insert into audit_people (tenant, pseudonym, kind, person)
  select tenant, 'per_' || replace(gen_random_uuid()::text, '-', ''),
         case when actor like '%/%' then 'reporter' else 'person' end, actor
  from (select distinct tenant, actor from audit_log where actor like '%/%' or actor like '%@%') as people;
update audit_log a set actor = p.pseudonym from audit_people p where p.tenant = a.tenant and p.person = a.actor;
update audit_log set detail = '{"dropped": true}' where detail::text like '%@%' or detail ? 'comment';
alter table audit_log enable trigger audit_log_append_only;

create trigger audit_log_never_truncated before truncate on audit_log
  for each statement execute function audit_log_is_append_only();
create index audit_log_recent on audit_log (tenant, id desc);
create index audit_log_actor on audit_log (tenant, actor, id desc);
create index audit_log_action on audit_log (tenant, action text_pattern_ops, id desc);
create index audit_log_at on audit_log (tenant, at);

-- Lines that are not in the chain yet. A line and its place in this queue commit together, so none is passed over, whatever
-- the order in which transactions end; writers never wait for one another.
create table audit_pending (id bigint primary key);
create function audit_log_waits_for_its_seal() returns trigger language plpgsql as
  $$ begin insert into audit_pending values (new.id); return null; end $$;
create trigger audit_log_pending after insert on audit_log
  for each row execute function audit_log_waits_for_its_seal();
insert into audit_pending select id from audit_log;

-- The chain: hash = SHA-256 of the hash before (32 bytes, zero at first) and the canonical text of the line.
create table audit_seals (
  tenant text not null,
  position bigint not null check (position > 0),
  audit_id bigint not null unique,
  hash bytea not null,
  sealed_at timestamptz not null default now(),
  primary key (tenant, position)
);
create function audit_seals_are_append_only() returns trigger language plpgsql as
  $$ begin raise exception 'audit_seals is append-only'; end $$;
create trigger audit_seals_append_only before update or delete or truncate on audit_seals
  for each statement execute function audit_seals_are_append_only();

-- Where the chain ends: what tells that its last links are missing.
create table audit_heads (
  tenant text primary key,
  position bigint not null,
  hash bytea not null
);
create function audit_heads_only_advance() returns trigger language plpgsql as
  $$ begin
       if tg_op = 'UPDATE' and new.position > old.position and new.tenant = old.tenant then return new; end if;
       raise exception 'audit_heads only advances';
     end $$;
create trigger audit_heads_advance before update or delete on audit_heads
  for each row execute function audit_heads_only_advance();

-- Each field with its length in bytes before it, so that no two lines have one text; the time in microseconds, in no time zone.
create function audit_canonical(line audit_log) returns text language sql stable as $$
  select string_agg(octet_length(field) || ':' || field, ',' order by n)
  from unnest(array[line.id::text, line.tenant, (extract(epoch from line.at) * 1000000)::bigint::text,
                    line.actor, line.action, line.subject_id, line.detail::text]) with ordinality as fields(field, n)
$$;

-- Seals at most so many lines that wait; one process at a time, the others answer 0. @returns how many were sealed.
create function audit_seal(most integer) returns integer language plpgsql as $$
declare
  waiting record;
  head audit_heads;
  sealed integer := 0;
begin
  if not pg_try_advisory_xact_lock(7305826194) then return 0; end if;
  for waiting in
    select a.id, a.tenant, audit_canonical(a) as canonical from audit_pending p join audit_log a using (id)
    order by a.tenant, a.id limit most
  loop
    if head.tenant is distinct from waiting.tenant then
      if head.tenant is not null then perform audit_advance(head); end if;
      select * into head from audit_heads where tenant = waiting.tenant;
      if not found then
        head.tenant := waiting.tenant;
        head.position := 0;
        head.hash := decode(repeat('00', 32), 'hex');
      end if;
    end if;
    head.position := head.position + 1;
    head.hash := sha256(head.hash || convert_to(waiting.canonical, 'UTF8'));
    insert into audit_seals (tenant, position, audit_id, hash)
      values (head.tenant, head.position, waiting.id, head.hash);
    delete from audit_pending where id = waiting.id;
    sealed := sealed + 1;
  end loop;
  if head.tenant is not null then perform audit_advance(head); end if;
  return sealed;
end $$;
create function audit_advance(head audit_heads) returns void language sql as $$
  insert into audit_heads values (head.tenant, head.position, head.hash)
  on conflict (tenant) do update set position = excluded.position, hash = excluded.hash
$$;
