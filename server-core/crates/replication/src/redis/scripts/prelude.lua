-- Stands before every script. A script runs alone in Redis, so each is one step for all nodes.
-- KEYS: 1 meta, 2 own, 3 players, 4 leases, 5 chat, 6 notices, 7 nodes; all in one slot.
--   meta    hash: epoch, offset, fence, secret, database, group, beat, mercy, s:<node> (its session),
--           r:<node> (the session in which it has asserted whom it holds), and how much there is of the
--           others: held, lines, told
--   own     hash: player id -> "fence node owner address claim", the claim as its node numbers it
--   players hash: player id -> JSON
--   leases  sorted set: node -> end of its lease in ms of Redis' clock
--   chat    list of messages, oldest first; notices: list of "offset JSON"; nodes: node -> JSON
-- ARGV: 1 node, 2 session, 3 channel; what follows is the script's own.
local META, OWN, PLAYERS, LEASES, CHAT, NOTICES, NODES = unpack(KEYS)
local node, session, channel = ARGV[1], ARGV[2], ARGV[3]
local clock = redis.call('TIME')
local micros = clock[1] * 1000000 + clock[2]
local now = math.floor(micros / 1000)
local epoch = redis.call('HGET', META, 'epoch') or ''

-- Numbers of this size need all their digits; Lua's own conversion rounds them.
local function text(number)
  return string.format('%.0f', number)
end

local function send(kind, offset, body)
  redis.call('SPUBLISH', channel, '1 ' .. epoch .. ' ' .. offset .. ' ' .. node .. ' ' .. kind .. '\n' .. body)
end

-- Publishes an event under the next offset.
local function publish(kind, body)
  local offset = text(redis.call('HINCRBY', META, 'offset', 1))
  send(kind, offset, body)
  return offset
end

local function is_alive(other)
  local lease = redis.call('ZSCORE', LEASES, other)
  return lease and tonumber(lease) >= now
end

-- Redis may lose single keys: an eviction, a hand. What is left does not hold together then and would
-- never be made whole, so all of it counts as lost, and every node asserts again what it knows.
local function is_torn()
  local held, lines, kept_notices = redis.call('HLEN', OWN), redis.call('LLEN', CHAT), redis.call('LLEN', NOTICES)
  if held ~= redis.call('HLEN', PLAYERS) then return true end
  local were = redis.call('HMGET', META, 'held', 'lines', 'told')
  local function is_gone(size, before) return size == 0 and tonumber(before or '0') > 0 end
  return is_gone(held, were[1]) or is_gone(lines, were[2]) or is_gone(kept_notices, were[3])
end

-- Keeps how much there is, for `is_torn`.
local function count()
  redis.call('HSET', META, 'held', redis.call('HLEN', OWN),
    'lines', redis.call('LLEN', CHAT), 'told', redis.call('LLEN', NOTICES))
end

-- Why this caller may not change anything: an older connection of its node, or a node that the
-- others may have declared dead.
local function refusal()
  if epoch ~= '' and is_torn() then
    redis.call('DEL', unpack(KEYS))
    return 'SESSION'
  end
  if epoch == '' or redis.call('HGET', META, 's:' .. node) ~= session then
    return 'SESSION'
  end
  if not is_alive(node) then
    return 'LEASE'
  end
end

-- Whether nobody waits any more for what is asked.
local function too_late(deadline)
  if micros >= tonumber(deadline) then return 'LATE' end
end

local function owner_of(player)
  local record = redis.call('HGET', OWN, player)
  if not record then return end
  local fence, holder, owner, address, claim = string.match(record, '^(%d+) (%S+) (%S+) (%S+) (%S+)$')
  return { fence = tonumber(fence), node = holder, owner = owner, address = address, claim = claim }
end

-- Fences grow with every claim, and across epochs because they follow the clock.
local function next_fence()
  local last = tonumber(redis.call('HGET', META, 'fence') or '0')
  local fence = text(math.max(last + 1, micros))
  redis.call('HSET', META, 'fence', fence)
  return fence
end

-- The same account or secret evicts its own holder; an account's id is its own; what else may is
-- the host's setting, for guests only.
local function may_take_over(mode, holder, owner, address)
  if holder.owner == owner then return true end
  local from_guest = string.sub(holder.owner, 1, 2) == 'g:'
  if not from_guest then return false end
  if string.sub(owner, 1, 2) == 'a:' then return true end
  return mode == 'open' or (mode == 'address' and holder.address == address)
end

local function hold(player, fence, owner, address, claim, json)
  redis.call('HSET', OWN, player, fence .. ' ' .. node .. ' ' .. owner .. ' ' .. address .. ' ' .. claim)
  redis.call('HSET', PLAYERS, player, json)
  count()
end

local function forget(player)
  redis.call('HDEL', OWN, player)
  redis.call('HDEL', PLAYERS, player)
  count()
end

-- Of a chat message. The quotes inside what people say are escaped, so nothing else looks like this.
local function id_of(message)
  return string.match(message, '"id":"([^"]*)"') or ''
end

local function sent_at(message)
  return string.match(message, '"timestamp":"([^"]*)"') or ''
end

-- Removes every player whose node has no lease, and publishes it to all at once.
local function bury()
  local alive, lines = {}, {}
  local records = redis.call('HGETALL', OWN)
  for i = 1, #records, 2 do
    local fence, holder = string.match(records[i + 1], '^(%d+) (%S+)')
    if alive[holder] == nil then
      alive[holder] = redis.call('ZSCORE', LEASES, holder) and true or false
    end
    if not alive[holder] then
      forget(records[i])
      lines[#lines + 1] = fence .. ' ' .. records[i]
    end
  end
  if #lines > 0 then
    publish('left', table.concat(lines, '\n'))
  end
  return #lines
end
