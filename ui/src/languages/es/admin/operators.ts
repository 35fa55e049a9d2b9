/** Los ajustes que solo cambian al reiniciar, para operadores. */

import type { operators as english } from "../../en/admin/operators";
import type { Dictionary } from "../../index";

export const operators: Dictionary<typeof english> = {
  server_host: {
    title: "Dirección",
    help: "Dirección en la que escucha; :: es toda dirección, IPv4 e IPv6, y 0.0.0.0 toda dirección IPv4.",
  },
  server_port: { title: "Puerto", help: "Puerto en el que escucha; con 0 lo elige el sistema." },
  tls_cert: {
    title: "Certificado",
    help: "Certificado para https en PEM, con las autoridades que lo avalan: el puerto habla entonces https, y quien llega por http es enviado allí. Se vuelve a leer cuando cambia el archivo.",
  },
  tls_key: { title: "Clave del certificado", help: "Clave privada de TLS_CERT en PEM." },
  tls_reload_ms: {
    title: "Revisión del certificado",
    help: "Tiempo entre dos comprobaciones de si han cambiado TLS_CERT y TLS_KEY.",
  },
  port_mapping_lease_ms: {
    title: "Plazo que se pide al router",
    help: "Durante cuánto tiempo se pide al router que pase el puerto, cada vez. Tras un fallo del servidor lo cierra él solo al acabar.",
  },
  port_mapping_renew_ms: {
    title: "El plazo se renueva a los",
    help: "Tiempo máximo hasta que se vuelve a pedir, porque un router reiniciado lo ha olvidado; a la mitad del plazo como tarde.",
  },
  port_mapping_retry_ms: {
    title: "Se vuelve a pedir a los",
    help: "Tiempo hasta que se vuelve a pedir a un router que se negó o no respondió.",
  },
  port_mapping_look_ms: {
    title: "Búsqueda de otro router",
    help: "Tiempo entre dos comprobaciones de si este equipo tiene ahora otro router.",
  },
  mdns: {
    title: "Nombre en la red local",
    help: "Si se anuncia un nombre para este servidor en la red local, por DNS multicast.",
  },
  mdns_name: {
    title: "Ese nombre",
    help: "Ese nombre, sin .local; sin valor se forma con el nombre del mundo, y lleva un número cuando ya lo tiene otro equipo.",
  },
  max_connections_per_address: {
    title: "Conexiones por red",
    help: "Máximo de conexiones y sesiones de Socket.IO desde una misma red (una dirección IPv4 o un /64 de IPv6); este equipo queda libre.",
  },
  spare_connections_per_address: {
    title: "Conexiones de reserva por red",
    help: "Conexiones de una red por encima de MAX_CONNECTIONS_PER_ADDRESS que se admiten para una sola petición corta, de modo que el equipo pueda iniciar sesión y quedarse; la más antigua deja sitio a la siguiente. Con 0 se cierran al momento.",
  },
  max_unfinished_bytes_per_address: {
    title: "Bytes sin terminar por red",
    help: "Máximo de bytes que pueden ocupar juntos los mensajes y cuerpos de una misma red que han empezado a llegar, sin contar los primeros 16 kB de cada uno; lo que pasa de ahí termina su conexión. Este equipo queda libre.",
  },
  header_timeout_ms: {
    title: "Tiempo para las cabeceras",
    help: "Tiempo para que lleguen las cabeceras de una petición, y otro tanto para su cuerpo, que recibe más cuanto más va llegando.",
  },
  connect_timeout_ms: {
    title: "Tiempo para conectar",
    help: "Tiempo desde que se abre un socket hasta su conexión de Socket.IO.",
  },
  upgrade_timeout_ms: {
    title: "Tiempo para pasar a websocket",
    help: "Tiempo que un cliente puede tardar en pasar de polling a websocket; después sigue con polling.",
  },
  max_message_bytes: {
    title: "Mensaje más grande",
    help: "El mensaje más grande que se admite; uno mayor termina su conexión.",
  },
  send_buffer_bytes: {
    title: "Búfer de envío",
    help: "Búfer de envío de una conexión en el sistema; con 0 lo decide el sistema.",
  },
  direct_frames: {
    title: "Tramas directas",
    help: "Si las tramas de websocket van por fuera de la biblioteca de Socket.IO, lo que cuesta menos; quítalo si alguna vez hay dudas.",
  },
  ping_interval_ms: { title: "Latido", help: "Tiempo entre dos latidos." },
  ping_timeout_ms: { title: "Respuesta a un latido", help: "Tiempo para responder a un latido." },
  world_id: { title: "Id del mundo", help: "Id estable del mundo, para programas." },
  max_players: { title: "Máximo de jugadores", help: "Máximo de jugadores a la vez." },
  jwt_secret: {
    title: "Secreto para firmar",
    help: "Firma los inicios de sesión; si no se pone, se crea una vez y se guarda en la carpeta de datos.",
  },
  cors_origin: {
    title: "Páginas de otros sitios",
    help: "Páginas de otros orígenes que pueden hablar con este servidor; solo las nombradas pueden traer sesiones e iniciarlas.",
  },
  guest_takeover: {
    title: "Retomar un invitado",
    help: "Quién puede retomar el jugador de un invitado: el mismo navegador, también la misma dirección, o cualquiera.",
  },
  trusted_proxies: {
    title: "Proxies de confianza",
    help: "Proxies a los que se cree la cabecera X-Forwarded-For.",
  },
  public_url: {
    title: "Dirección pública",
    help: "La dirección que usan los jugadores, cuando no es una de este equipo.",
  },
  allowed_hosts: {
    title: "Otros nombres",
    help: "Otros nombres con los que se puede abrir la administración.",
  },
  metrics_token: {
    title: "Clave de métricas",
    help: "Lo que un Prometheus en otro equipo envía como bearer token para leer /metrics; los programas de este equipo no necesitan nada.",
  },
  data_dir: {
    title: "Carpeta de datos",
    help: "Carpeta de la base de datos, el secreto para firmar y el archivo de ajustes.",
  },
  database_url: {
    title: "Base de datos",
    help: "La base de datos; si no se pone, un archivo SQLite en la carpeta de datos. Con Postgres se habla por TLS cuando lo ofrece; `?sslmode=verify-full&sslrootcert=FILE` lo exige y comprueba quién responde, `?sslmode=require` lo exige y no comprueba a nadie.",
  },
  backup_dir: {
    title: "Carpeta de copias",
    help: "Carpeta de las copias diarias; si no se pone, backups en la carpeta de datos.",
  },
  backups_kept: {
    title: "Copias que se guardan",
    help: "Copias diarias de una base SQLite que se guardan; con 0 no se hace ninguna.",
  },
  log: { title: "Qué se anota", help: "Qué se escribe en el diario." },
  log_format: { title: "Forma del diario", help: "Líneas del diario para leer o para recolectores." },
  redis_url: {
    title: "Redis",
    help: "El Redis que comparten los nodos de un mundo; sin él hay un solo nodo. Con rediss://, el archivo que nombra SSL_CERT_FILE tiene la autoridad en la que se confía.",
  },
  redis_host: { title: "Equipo de Redis", help: "Equipo de Redis, en lugar de REDIS_URL." },
  redis_port: { title: "Puerto de Redis", help: "Puerto de Redis, con REDIS_HOST." },
  redis_db: { title: "Base de Redis", help: "Número de la base de Redis, con REDIS_HOST." },
  redis_password: { title: "Contraseña de Redis", help: "Contraseña de Redis, con REDIS_HOST." },
  redis_prefix: {
    title: "Prefijo en Redis",
    help: "Con él empiezan todas las claves y canales; los mundos que comparten un Redis necesitan prefijos distintos.",
  },
  redis_required: {
    title: "Redis es necesario",
    help: "Si el servidor se niega a arrancar mientras no se llega a Redis.",
  },
  redis_beat_ms: { title: "Señal de vida", help: "Tiempo entre dos señales de vida a los demás nodos." },
  redis_lease_ms: {
    title: "Tiempo sin señal de vida",
    help: "Tiempo sin señal de vida tras el que salen los jugadores de un nodo; al menos tres veces REDIS_BEAT_MS.",
  },
  redis_answer_ms: {
    title: "Respuesta de Redis",
    help: "Tiempo para una respuesta de Redis, tras el que este nodo sigue por su cuenta.",
  },
  redis_chat_ms: {
    title: "Orden del chat",
    help: "Tiempo que un mensaje del chat espera su sitio entre los de otros nodos.",
  },
  redis_flush_ms: {
    title: "Envíos a otros nodos",
    help: "El tiempo más corto entre dos envíos a los demás nodos.",
  },
  redis_grace_ms: {
    title: "Tiempo para volver",
    help: "Tiempo que tienen los nodos para volver después de que Redis faltara, antes de contar como caídos; al menos cuatro veces REDIS_BEAT_MS.",
  },
  redis_reread_ms: {
    title: "Nueva lectura",
    help: "Tiempo tras el que un nodo vuelve a leer de la base de datos lo que otros pueden haber guardado sin poder avisar.",
  },
  max_player_id_chars: {
    title: "Id de jugador más largo",
    help: "El id de jugador más largo, en caracteres.",
  },
  max_name_chars: { title: "Nombre más largo", help: "Los nombres se acortan a estos caracteres." },
  max_held_lines: {
    title: "Líneas que esperan",
    help: "Líneas de todos juntos que esperan a moderación; más se rechazan.",
  },
  max_held_lines_per_person: {
    title: "Líneas de una persona que esperan",
    help: "Líneas de una persona que esperan a moderación; más se rechazan. Las de una red están limitadas a NETWORK_FACTOR veces más.",
  },
  max_animation_chars: {
    title: "Nombre de animación más largo",
    help: "Los nombres de animación se acortan a estos caracteres.",
  },
  max_chat_chars: {
    title: "Mensaje de chat más largo",
    help: "Los mensajes del chat se acortan a estos caracteres.",
  },
  max_metadata_bytes: {
    title: "Metadatos más grandes",
    help: "Los metadatos más grandes de un jugador, en bytes de JSON.",
  },
  max_metadata_depth: {
    title: "Metadatos más hondos",
    help: "Hasta cuántos niveles se anidan los metadatos.",
  },
  max_event_bytes: {
    title: "Evento más grande",
    help: "El evento más grande que se lee; uno mayor se rechaza y su conexión se queda.",
  },
  load_test_max_clients: {
    title: "Clientes de una prueba de carga",
    help: "Máximo de clientes de una prueba de carga que se inicia en la administración.",
  },
  load_test_max_duration_ms: {
    title: "Prueba de carga más larga",
    help: "La prueba de carga más larga que se puede iniciar en la administración.",
  },
  load_test_max_ack_ms: {
    title: "Cuándo se detiene una prueba",
    help: "Una prueba así se detiene sola cuando el 95\u00a0% de los jugadores reales espera más por una respuesta; 0 para nunca.",
  },
  load_test_history: {
    title: "Pruebas que se guardan",
    help: "Pruebas de carga que se guardan en el historial.",
  },
  rate_connects: {
    title: "Conexiones por segundo",
    help: "Conexiones de Socket.IO por segundo de un mismo transporte.",
  },
  rate_connects_burst: { title: "Conexiones de golpe", help: "Conexiones de Socket.IO de una vez." },
  rate_announcements: {
    title: "Anuncios por segundo",
    help: "Anuncios a todo el mundo por segundo de una misma cuenta, sea de una persona o de un programa.",
  },
  rate_announcements_burst: { title: "Anuncios de golpe", help: "Anuncios de una vez." },
  network_factor: {
    title: "Personas de una red",
    help: "Tantas veces lo que puede una persona es lo que pueden juntas todas las de una red (una dirección IPv4 o un /64 de IPv6).",
  },
  rate_memory: {
    title: "Personas que se recuerdan",
    help: "Personas y redes cuyos últimos eventos se recuerdan; las que no limitan a nadie se olvidan primero.",
  },
  max_open_reports: {
    title: "Avisos abiertos de una persona",
    help: "Avisos de una persona que esperan a moderación; más se rechazan. Los de una red se limitan a NETWORK_FACTOR veces esa cantidad.",
  },
  wrong_pins_per_day: {
    title: "PIN erróneos al día",
    help: "PIN erróneos de todos juntos en un día; después solo puede probar quien hoy no ha escrito ninguno.",
  },
  max_feeds: {
    title: "Vistas en directo",
    help: "Vistas en directo de la administración a la vez; cuando se acaban, quien aloja va antes que moderación, y esta antes que quien observa.",
  },
  max_feeds_per_person: {
    title: "Vistas en directo de una persona",
    help: "Vistas en directo de la administración de una persona a la vez.",
  },
  max_service_accounts: {
    title: "Bots",
    help: "Cuentas de servicio: programas que actúan con una clave.",
  },
  max_webhooks: {
    title: "Webhooks",
    help: "Webhooks: cuentan a otros programas lo que pasa.",
  },
  webhook_kept: {
    title: "Lo que se guarda de un webhook",
    help: "Lo que se guarda de cada webhook: lo contado y lo que espera. A partir de ahí se va lo más antiguo, antes lo ya contado.",
  },
  webhook_failures: {
    title: "Fallos que pausan un webhook",
    help: "Fallos seguidos que pausan un webhook hasta que alguien que aloja lo deja continuar; lo que espera se guarda.",
  },
  webhook_timeout_ms: {
    title: "Tiempo para un webhook",
    help: "Tiempo de un intento de contar algo a un webhook.",
  },
  webhook_crowd: {
    title: "Gentío",
    help: "Jugadores a partir de los cuales se cuenta a los webhooks que hay gentío; 0 para nunca.",
  },
  webhook_private_hosts: {
    title: "Equipos privados de los webhooks",
    help: "Nombres y direcciones de redes privadas, o de este equipo, a los que se puede contar algo.",
  },
  flood_refusals: {
    title: "Rechazos que cortan la conexión",
    help: "Eventos rechazados de una persona dentro de FLOOD_WINDOW_MS que terminan la conexión por la que llegan.",
  },
  flood_window_ms: { title: "Tiempo para los rechazos", help: "El tiempo en que se cuentan los rechazos." },
  rate_updates: {
    title: "Actualizaciones por segundo",
    help: "Actualizaciones por segundo de una persona, en todas sus conexiones.",
  },
  rate_updates_burst: { title: "Actualizaciones de golpe", help: "Actualizaciones de una vez." },
  rate_chat: {
    title: "Mensajes por segundo",
    help: "Mensajes del chat y avisos por segundo de una persona.",
  },
  rate_chat_burst: { title: "Mensajes de golpe", help: "Mensajes del chat y avisos de una vez." },
  rate_joins: { title: "Entradas por segundo", help: "Entradas por segundo de una persona." },
  rate_joins_burst: { title: "Entradas de golpe", help: "Entradas de una vez." },
  rate_emotes: {
    title: "Sentimientos por segundo",
    help: "Sentimientos mostrados por segundo de una persona.",
  },
  rate_emotes_burst: { title: "Sentimientos de golpe", help: "Sentimientos mostrados de una vez." },
  flush_interval_ms: {
    title: "Pulso",
    help: "El pulso con el que se envían las actualizaciones de una multitud.",
  },
  flush_budget: {
    title: "Entregas al momento",
    help: "Entregas dentro de un intervalo por debajo de las cuales una actualización se envía al momento.",
  },
  nearness_from: {
    title: "La distancia decide desde",
    help: "Jugadores a partir de los cuales la distancia decide con qué frecuencia se informa a un cliente de quién; 0 para nunca.",
  },
  plain_bytes: {
    title: "Bytes de actualizaciones sueltas",
    help: "Bytes por segundo de actualizaciones para un cliente sin lotes donde decide la distancia; primero los más cercanos.",
  },
  crowd_rest_ms: {
    title: "Descanso en la multitud",
    help: "Tiempo que el servidor descansa mientras una multitud se mueve, para que varias actualizaciones lo despierten una vez; 0 para nunca.",
  },
  chat_history: { title: "Chat para quien llega", help: "Mensajes que ven quienes llegan." },
  outbox_bytes: {
    title: "Bytes que esperan a un cliente",
    help: "Bytes que pueden esperar a un cliente lento antes de desconectarlo.",
  },
  slow_consumer_ms: {
    title: "Paciencia con un cliente lento",
    help: "Tiempo sin avanzar tras el que se desconecta a un cliente lento.",
  },
  inbox_events: {
    title: "Eventos que esperan",
    help: "Eventos de un cliente que pueden esperar a aplicarse.",
  },
  channel_packets: {
    title: "Paquetes que esperan",
    help: "Paquetes que pueden esperar dentro de la capa de Socket.IO para un cliente.",
  },
  join_lookup_ms: {
    title: "Espera por un avatar",
    help: "La espera más larga por el almacén de avatares al entrar.",
  },
  idle_timeout_ms: {
    title: "Ausencia",
    help: "Tiempo sin ningún evento tras el que termina la sesión de un jugador; 0 para nunca.",
  },
  shutdown_timeout_ms: {
    title: "Cierre más largo",
    help: "El tiempo más largo que puede durar un cierre. Lo que no ha terminado entonces se corta, y el diario dice qué se perdió.",
  },
  load_target_url: { title: "Servidor que se carga", help: "El servidor que se carga." },
  load_clients: { title: "Clientes", help: "Clientes en total." },
  load_duration_ms: { title: "Duración", help: "Duración de la prueba." },
  load_update_interval_ms: {
    title: "Una actualización cada",
    help: "Tiempo entre dos actualizaciones de un cliente.",
  },
  load_spawn_interval_ms: { title: "Un cliente nuevo cada", help: "Tiempo entre dos clientes nuevos." },
  load_shape: {
    title: "Cómo llegan los clientes",
    help: "Cómo llegan los clientes: uno tras otro, en rampa durante toda la prueba, todos a la vez, o cortados a la mitad para volver; slow: una parte lee despacio.",
  },
  load_spread: {
    title: "Dónde están los clientes",
    help: "Dónde están los clientes: por todo el mundo, en dos grupos o en un cuadrado.",
  },
  load_walk: {
    title: "Cómo se mueven los clientes",
    help: "Cómo se mueven los clientes: cada uno en su casilla, para cifras que se comparan, o por caminos y en grupos como la gente.",
  },
  load_language: {
    title: "Idioma de los clientes",
    help: "El idioma de lo que dicen los clientes que andan como la gente.",
  },
  load_slow_percent: {
    title: "Clientes lentos",
    help: "Con LOAD_SHAPE=slow: cuántos clientes de cada cien leen despacio.",
  },
  load_slow_kbps: {
    title: "Velocidad de los lentos",
    help: "Con LOAD_SHAPE=slow: kB por segundo que un cliente así lee como mucho.",
  },
  load_outage_ms: { title: "Corte", help: "Con LOAD_SHAPE=restart: tiempo sin nadie." },
};
