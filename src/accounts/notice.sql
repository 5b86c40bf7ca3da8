-- What the site adds to the page of how data are used.

-- statement notices
select n.number, n.at, p.name, n.controller, n.officer, n.basis, n.kept, n.shared, n.more, n.token
  from notice_version n
  left join account a on a.id = n.account_id
  left join person p on p.id = a.person_id
 order by n.number desc;

-- statement notice_add
insert into notice_version (number, at, account_id, token, controller, officer, basis, kept, shared, more)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    on conflict (number) do nothing
returning number;
