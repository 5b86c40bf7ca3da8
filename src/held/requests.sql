-- What people ask for who have a right to it.

-- statement rights_requests
select id, coalesce(account_id, 0), who, what, words, asked_on, due_on, state, answer, answered_on from rights_request
 where cast($1 as bigint) = 0 or account_id = $1
 order by case state when 'asked' then 0 else 1 end, case state when 'asked' then due_on end, answered_on desc, id;

-- statement rights_request_add
insert into rights_request (id, account_id, who, what, words, asked_on, due_on, state, answer, token)
values ($1, nullif(cast($2 as bigint), 0), $3, $4, $5, $6, $7, 'asked', '', $8)
    on conflict (token) do nothing;

-- statement rights_request_answer
update rights_request set state = $2, answer = $3, answered_on = $4 where id = $1 and state = 'asked' returning id;
