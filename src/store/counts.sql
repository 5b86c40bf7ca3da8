-- How many records a programme has of each kind, and how many were taken out.

-- statement counts
select kind, now, gone from record_count where programme_id = $1;

-- statement counts_was_there
select 1 from record where programme_id = $1 and kind = $2 and key = $3 and until is not null limit 1;

-- statement counts_keep
insert into record_count (programme_id, kind, now, gone) values ($1, $2, $3, $4)
    on conflict (programme_id, kind) do update set now = excluded.now, gone = excluded.gone;
