-- What changed on this node since its last flush, told to nodes of an older version that hear of it in no other way. ARGV: from 4 for each player: id, fence, JSON.
-- -> {OK, and the ids this node does not own any more} | {SESSION} | {LEASE}
local no = refusal()
if no then return { no } end
local answer, lines = { 'OK' }, {}
for i = 4, #ARGV, 3 do
  local record = redis.call('HGET', OWN, ARGV[i])
  local fence = record and string.match(record, '^(%d+) ')
  if fence == ARGV[i + 1] then
    redis.call('HSET', PLAYERS, ARGV[i], ARGV[i + 2])
    lines[#lines + 1] = fence .. ' ' .. ARGV[i + 2]
  else
    answer[#answer + 1] = ARGV[i]
  end
end
if #lines > 0 then publish('moved', table.concat(lines, '\n')) end
return answer
