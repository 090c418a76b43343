-- Tables of weights that an organisation has taught its model, each with what it learnt from and how it was measured.
create table model_versions (
  tenant text not null,
  version integer not null check (version > 0),
  -- The shipped model it goes with: name for people, SHA-256 of its file for the machine.
  base text not null,
  base_digest text not null,
  -- rejected: measured, and not better. proposed: better, and nobody has decided. promoted: it has judged mail.
  state text not null check (state in ('rejected', 'proposed', 'promoted')),
  weights bytea not null,
  samples jsonb not null,
  evaluation jsonb not null,
  -- The newest label it has seen.
  labels_until timestamptz,
  requested_by text not null,
  trained_at timestamptz not null,
  primary key (tenant, version)
);

-- Which version judges: the newest line. A null version is the shipped model alone.
create table model_changes (
  id bigint generated always as identity primary key,
  tenant text not null,
  action text not null check (action in ('promote', 'rollback')),
  version integer,
  replaced integer,
  actor text not null,
  changed_at timestamptz not null,
  foreign key (tenant, version) references model_versions
);
create index model_changes_newest on model_changes (tenant, id desc);

-- One training at a time; the last one's end stays.
create table model_trainings (
  tenant text primary key,
  requested_by text not null,
  requested_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz,
  outcome text
);

-- What the last look at the drift found.
create table model_drifts (
  tenant text primary key,
  looked_at timestamptz not null,
  alarm boolean not null,
  body jsonb not null
);

create index verdicts_judged on verdicts (judged_at);
create index decisions_decided on decisions (tenant, decided_at);
