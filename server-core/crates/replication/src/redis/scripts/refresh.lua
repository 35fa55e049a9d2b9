-- A repeated join of a player this node owns. ARGV: 4 player, 5 fence, 6 JSON.
-- -> {OK} | {STALE} | {SESSION} | {LEASE}
local no = refusal()
if no then return { no } end
local holder = owner_of(ARGV[4])
if not holder or text(holder.fence) ~= ARGV[5] then return { 'STALE' } end
redis.call('HSET', PLAYERS, ARGV[4], ARGV[6])
publish('join', ARGV[5] .. ' ' .. holder.owner .. ' ' .. holder.address .. ' ' .. holder.claim .. ' ' .. ARGV[6])
return { 'OK' }
