-- Gives a player up. ARGV: 4 player, then what to release of what this node holds: 5 claims up to
-- this number (0: none), or 6 the one under this fence. -> {OK} | {SESSION} | {LEASE}
-- An earlier claim goes with a later one, which may have been granted here alone and have left before
-- Redis heard of it. A later one stays: whoever made it is about to come in.
local no = refusal()
if no then return { no } end
local holder = owner_of(ARGV[4])
if holder and holder.node == node then
  local claim = tonumber(holder.claim)
  if claim <= tonumber(ARGV[5]) or (ARGV[5] == '0' and text(holder.fence) == ARGV[6]) then
    forget(ARGV[4])
    publish('left', text(holder.fence) .. ' ' .. ARGV[4])
  end
end
return { 'OK' }
