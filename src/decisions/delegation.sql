-- What the comparison of two schemes of delegation needs, as of revision $2.
-- statement delegation_records
select kind, key, content from record
 where programme_id = $1
   and kind in ('decision', 'decision_right', 'organisation', 'person', 'post', 'team')
   and revision <= $2 and (until is null or until > $2)
 order by position, id;
