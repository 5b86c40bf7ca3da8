-- What the home page tells of a programme's records. The patterns only spare reading all of them:
-- what is found is looked at again.

-- Meetings in the words of the index record_meeting_to_come, and wins.
-- statement home_agenda
select kind, content from record
 where programme_id = $1 and until is null and kind = 'meeting' and content not like '%state":"held"%'
union all
select kind, content from record
 where programme_id = $1 and until is null and kind = 'milestone'
   and content like '%type":"win"%' and content like '%reached":%';

-- statement home_team
select content from record
 where programme_id = $1 and kind = 'team' and key = $2 and until is null;
