-- statement organisation_by_code
select id, name from organisation where code = $1;

-- statement organisation_add
insert into organisation (id, code, name) values ($1, $2, $3) on conflict (code) do nothing;

-- statement organisation_rename
update organisation set name = $2 where code = $1;

-- statement organisation_record_remove
delete from organisation_record where programme_id = $1 and record_id = $2;

-- Those that no programme names any more: their names are not ours to keep.
-- statement organisation_forget
delete from organisation
 where not exists (select 1 from organisation_record l where l.organisation_id = organisation.id);

-- statement organisation_record_add
insert into organisation_record (programme_id, record_id, organisation_id)
select $1, $2, id from organisation where code = $3;

-- One row for each record, those of one organisation together.
-- statement organisation_list
select o.id, o.code, o.name, p.key, r.key from organisation o
  join organisation_record l on l.organisation_id = o.id
  join programme p on p.id = l.programme_id
  join record r on r.programme_id = l.programme_id and r.id = l.record_id and r.until is null
 order by o.id, p.id, r.id;
