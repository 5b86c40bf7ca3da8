-- What the home page tells of a programme's records. The patterns only spare reading all of them:
-- what is found is looked at again.

-- statement home_meetings
select content from record
 where programme_id = $1 and kind = 'meeting' and until is null
   and (content like $2 or content like $3 or content like $4);

-- statement home_wins
select content from record
 where programme_id = $1 and kind = 'milestone' and until is null
   and content like '%"type":"win"%' and content like '%"reached":%';

-- statement home_actions
select content from record
 where programme_id = $1 and kind = 'action' and until is null
   and content like $2 and content not like '%"done":%'
 order by position, id;

-- statement home_team
select content from record
 where programme_id = $1 and kind = 'team' and key = $2 and until is null;
