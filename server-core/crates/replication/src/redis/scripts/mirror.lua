-- Where players of this node stand now, for nodes that come: those that are there were told by the node itself.
-- ARGV: from 4 for each player: id, fence, JSON. -> {OK, and the ids this node does not own any more} | {SESSION} | {LEASE}
local no = refusal()
if no then return { no } end
local answer = { 'OK' }
for i = 4, #ARGV, 3 do
  local holder = owner_of(ARGV[i])
  if holder and holder.node == node and text(holder.fence) == ARGV[i + 1] then
    redis.call('HSET', PLAYERS, ARGV[i], ARGV[i + 2])
  else
    answer[#answer + 1] = ARGV[i]
  end
end
return answer
