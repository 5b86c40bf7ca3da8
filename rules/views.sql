-- What rules may read besides the tables of records: small facts that many of them need.
-- The tables themselves are described in docs/rules.md.

-- Organisations that take part (a federation's members speak through it).
create view partner as
  select id as organisation, sector, part
  from organisation
  where part in ('partner', 'host', 'lead provider', 'commissioner', 'federation');

-- Bodies that set the conditions from outside.
create view system_body as
  select id as organisation, part
  from organisation
  where part in ('regulator', 'funder', 'national body', 'regional body');

-- Who really holds a post: still there, and not only standing in or learning.
create view holder as
  select h.post, h.person, h.manner, h.days_set_aside, h.share
  from post_holder h
  join person p on p.id = h.person
  where h.manner not in ('deputy', 'being prepared');

-- Seats in teams. A seat given to a post is held by whoever holds the post (no row while nobody
-- does); a person's seat ends when the person leaves.
create view seat as
  select m.id, m.team, coalesce(p.id, h.person) as person, m.post,
         coalesce(m.organisation, post.organisation, p.employer, hp.employer) as organisation,
         m.role, m.vote, m.capacity
  from team_member m
  left join person p on p.id = m.person
  left join holder h on m.person is null and h.post = m.post
  left join person hp on hp.id = h.person
  left join post on post.id = m.post
  where coalesce(p.id, h.person) is not null;

-- Teams that lead the change, at the level of the transformation team.
create view change_team as
  select id as team
  from team
  where level = 'transformation team' and type not in ('care team', 'peer group')
    and coalesce(phase, '') <> 'ended';

-- Decision rights with the organisation for which they are held: the one named, or that of the
-- post, of the person's employer, or of the body. NULL stands for all (a team decides for all).
create view right_in as
  select r.id, r.decision, r.right_held,
         coalesce(r.for_organisation, post.organisation, p.employer, r.body) as organisation,
         r.post, r.person, r.team, r.body, r.up_to,
         coalesce(r.post, r.person, r.team, r.body) as held_by
  from decision_right r
  left join post on post.id = r.post
  left join person p on p.id = r.person;

create view open_decision as
  select id as decision, manner, final_say
  from decision
  where state in ('open', 'proposed');

-- Posts that lead: for one side of one organisation, or for the programme as a whole.
create view lead as
  select id as post, organisation, programme_role
  from post
  where programme_role in ('clinical lead', 'management lead', 'programme lead', 'network manager')
    and state in ('open', 'vacant');
