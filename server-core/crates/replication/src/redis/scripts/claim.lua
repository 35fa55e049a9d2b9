-- Makes this node the owner of a player. ARGV: 4 player, 5 owner, 6 address, 7 takeover mode,
-- 8 JSON, 9 number of the claim, 10 until when its node waits, in microseconds of Redis' clock.
-- -> {OK, fence} | {IN_USE} | {LATE} | {SESSION} | {LEASE}
-- A node that waits no longer decides alone, and what it decided may be over by now.
local no = refusal() or too_late(ARGV[10])
if no then return { no } end
local player, owner, address, json = ARGV[4], ARGV[5], ARGV[6], ARGV[8]
local holder = owner_of(player)
if holder and is_alive(holder.node) and not may_take_over(ARGV[7], holder, owner, address) then
  return { 'IN_USE' }
end
local fence = next_fence()
hold(player, fence, owner, address, ARGV[9], json)
publish('join', fence .. ' ' .. owner .. ' ' .. address .. ' ' .. ARGV[9] .. ' ' .. json)
return { 'OK', fence }
