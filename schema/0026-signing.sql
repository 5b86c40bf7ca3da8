-- The key with which this site signs what it gives to other sites (src/exchange/): made when it is needed first. Whoever
-- reads the database could sign in the site's name, and nothing else.
create table signing_key (
    id bigint not null primary key check (id = 1),
    public_key text not null,
    secret_key text not null,
    made_at text not null
);
