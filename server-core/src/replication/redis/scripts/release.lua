-- Gives players up. ARGV: from 4 for each player: id, fence. -> {OK} | {SESSION} | {LEASE}
-- Also what this node holds under an older fence: a player that was granted here alone and left
-- before Redis heard of it. What somebody holds under a newer fence stays.
local no = refusal()
if no then return { no } end
local lines = {}
for i = 4, #ARGV, 2 do
  local holder = owner_of(ARGV[i])
  if holder and holder.node == node and holder.fence <= tonumber(ARGV[i + 1]) then
    forget(ARGV[i])
    lines[#lines + 1] = text(holder.fence) .. ' ' .. ARGV[i]
  end
end
if #lines > 0 then publish('left', table.concat(lines, '\n')) end
return { 'OK' }
