-- A node that was away, or granted claims by itself meanwhile, asserts whom it holds.
-- ARGV: 4 takeover mode, 5 until when the node waits, in microseconds of Redis' clock, then for each
-- player: id, fence, owner, address, number of the claim, JSON.
-- -> {LATE} | {SESSION} | {LEASE} | {OK, and for each the fence under which it is held, or "" when it is another's now}
-- A player keeps its fence where it can, so that it is published only to who missed it. A claim that
-- was carried out here, though its answer did not arrive, keeps the fence it got here.
local no = refusal() or too_late(ARGV[5])
if no then return { no } end
local answer, lines = { 'OK' }, {}
for i = 6, #ARGV, 6 do
  local player, fence, owner, address = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3]
  local claim, json = ARGV[i + 4], ARGV[i + 5]
  local holder = owner_of(player)
  local granted, known = fence, false
  if holder and holder.node == node then
    granted = holder.fence
    if holder.claim ~= claim then granted = math.max(granted, tonumber(fence)) end
    granted = text(granted)
    known = granted == text(holder.fence) and holder.claim == claim and redis.call('HGET', PLAYERS, player) == json
  elseif holder and not is_alive(holder.node) then
    if tonumber(fence) <= holder.fence then granted = next_fence() end
  elseif holder then
    -- Held elsewhere: only the same person who came later takes it back. In a tie it stays where it is.
    local later = tonumber(fence) > holder.fence
    if not later or not may_take_over(ARGV[4], holder, owner, address) then granted = '' end
  end
  answer[#answer + 1] = granted
  if granted ~= '' and not known then
    if tonumber(granted) > tonumber(redis.call('HGET', META, 'fence') or '0') then
      redis.call('HSET', META, 'fence', granted)
    end
    hold(player, granted, owner, address, claim, json)
    lines[#lines + 1] = granted .. ' ' .. owner .. ' ' .. address .. ' ' .. claim .. ' ' .. json
  end
end
if #lines > 0 then publish('back', table.concat(lines, '\n')) end
return answer
