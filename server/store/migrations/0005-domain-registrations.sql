-- What registries said about domains (RDAP), for as long as it is believed. About the world, not about a tenant.
create table domain_registrations (
  domain text primary key check (domain = lower(domain)),
  -- null: the registry tells no date.
  registered_at timestamptz,
  asked_at timestamptz not null,
  believed_until timestamptz not null
);
create index domain_registrations_outdated on domain_registrations (believed_until);
