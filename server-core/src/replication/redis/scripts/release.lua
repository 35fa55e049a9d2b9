-- Gives players up; a stale fence is ignored. ARGV: from 4 for each player: id, fence.
-- -> {OK} | {SESSION} | {LEASE}
local no = refusal()
if no then return { no } end
local lines = {}
for i = 4, #ARGV, 2 do
  local holder = owner_of(ARGV[i])
  if holder and text(holder.fence) == ARGV[i + 1] then
    forget(ARGV[i])
    lines[#lines + 1] = ARGV[i + 1] .. ' ' .. ARGV[i]
  end
end
if #lines > 0 then publish('left', table.concat(lines, '\n')) end
return { 'OK' }
