/** Lo que dice el servidor, con las palabras de esta página. */

import type { says as english } from "../../en/admin/says";
import type { Dictionary } from "../../index";

export const says: Dictionary<typeof english> = {
  says: {
    refused: {
      "already-undone": "Alguien ya lo ha deshecho.",
      "broken-form": "El formulario no llegó entero o es demasiado grande.",
      "broken-request": "La petición no llegó entera.",
      "cross-site": "Lo ha pedido una página de otro sitio. Abre la página de este servidor.",
      "email-taken": "Ya hay una cuenta con este correo. Inicia sesión.",
      "exempt-address":
        "Esta dirección es de este equipo o de un proxy. Un veto dejaría fuera a todos los que vienen por ella.",
      forbidden: "Tu cuenta no puede ver la administración.",
      "foreign-origin": "Este servidor no acepta conexiones de esa página.",
      "invalid-field": "El servidor no acepta uno de los datos: «{{message}}»",
      "invalid-image": "El servidor no acepta la imagen: «{{message}}»",
      "invalid-json": "El servidor no entiende los datos: «{{message}}»",
      "invalid-query": "El servidor no entiende la búsqueda: «{{message}}»",
      "invalid-settings": "Algunos ajustes no se pueden tomar. No se ha cambiado nada.",
      "invalid-target": "Una dirección como http://192.168.1.20:4000.",
      "last-host": "Ya nadie podría cuidar de este mundo. Antes, haz anfitrión a otra persona.",
      "load-test-over": "Esta prueba ya ha terminado.",
      "load-test-running": "Hay una prueba en marcha. Deténla o espera a que termine.",
      "method-not-allowed": "Esta dirección no responde a este tipo de petición.",
      "missing-field": "Falta un dato: «{{message}}»",
      "no-account": "La ventana de quien aloja el mundo no tiene cuenta.",
      "no-process":
        "La prueba no pudo empezar: este equipo no dejó al servidor iniciar otro proceso. El diario dice por qué.",
      "no-report": "Esta prueba no tiene informe.",
      "not-found": "Ya no existe: «{{message}}»",
      "not-json": "Envía los datos como JSON, con el tipo de contenido application/json.",
      "not-logged-in": "Inicia sesión para hacer esto.",
      "not-recorded": "Está hecho, pero no se ha podido anotar.",
      "not-undoable": "Esto no se puede deshacer.",
      "nothing-to-change": "No hay nada que cambiar.",
      "own-account": "Es tu propia cuenta. Pide a otra persona anfitriona que la cambie.",
      "public-target":
        "Desde aquí solo se puede cargar este servidor u otro de tu propia red. Para cualquier otro, usa la línea de comandos.",
      "https-required": "Este servidor habla https. Escribe https:// al principio de su dirección.",
      "role-required": "Tu cuenta no puede hacer esto.",
      "scope-required": "Esta clave no puede hacer esto: «{{message}}»",
      "service-account": "Es un bot. Lo que puede hacer se dice al crear su clave: revócala y crea otra.",
      "session-gone": "Este jugador acaba de salir.",
      "setup-closed": "Este enlace ya no sirve. Pide otro donde funciona el servidor.",
      "ticket-over": "El pase ya se ha usado o ha caducado. Abre la página de nuevo.",
      "too-large": "Son demasiados datos para una sola petición.",
      "too-many-announcements":
        "Han sido muchos anuncios en poco tiempo. Espera un poco antes del siguiente.",
      "too-many-attempts": "Ha habido demasiados intentos. Espera un poco y vuelve a probar.",
      "too-many-connections": "Llegan demasiadas conexiones de tu red. Cierra algunas y vuelve a probar.",
      "private-target": "Esa dirección lleva a una red privada: «{{message}}»",
      "too-many-webhooks": "Hay tantos webhooks como permiten los ajustes. Quita uno que no se use.",
      "too-many-services": "Hay tantos bots como permiten los ajustes. Revoca uno que no se use.",
      "too-many-sprites": "Ya hay 200 sprites. Antes, borra uno.",
      "too-many-viewers":
        "Hay demasiada gente mirando la administración. Esta página entra cuando alguien se vaya.",
      "too-many-windows": "Tienes la administración abierta en demasiadas ventanas. Cierra una de ellas.",
      unauthorized: "Inicia sesión para ver la administración.",
      unavailable: "Ahora mismo no se puede responder. Vuelve a probar en un momento.",
      "unknown-filter": "El servidor no conoce este filtro: «{{message}}»",
      "unknown-host":
        "La administración no responde con este nombre. Ábrela con una dirección de este equipo, o añade el nombre a ALLOWED_HOSTS y reinicia.",
      "unknown-target": "En esta dirección no hay ningún mundo. Da una como http://192.168.1.20:4000.",
      "username-taken": "Este nombre ya está cogido. Elige otro.",
      "wrong-credentials": "El correo o la contraseña no son correctos.",
    },
    sentence: {
      changedSince: "Se ha vuelto a cambiar después, así que no se puede deshacer.",
      reservedName: "Este nombre está reservado. Elige otro.",
      noPassword: "Escribe una contraseña.",
      shortPassword: "La contraseña es demasiado corta: al menos {{least}} caracteres.",
      longPassword: "La contraseña es demasiado larga: como mucho {{most}} caracteres.",
      noName: "Escribe un nombre.",
      longName: "El nombre es demasiado largo: como mucho {{most}} caracteres.",
      noEmail: "Escribe una dirección de correo.",
      noSuchEmail: "Esto no es una dirección de correo, como ana@example.org.",
      longEmail: "La dirección de correo es demasiado larga.",
      noImage: "Falta la imagen.",
      heavyImage: "La imagen pesa más de {{kib}} KiB.",
      notPng: "La imagen no es un PNG.",
      wideImage: "La imagen puede tener como mucho {{width}} píxeles de ancho y {{height}} de alto.",
      brokenImage: "La imagen está dañada.",
      heavyMetadata: "Los metadatos son demasiado grandes.",
      wrongFrames:
        "Los tamaños y cantidades de fotogramas son números enteros desde 1, y las filas una lista de nombres.",
      framesOutside: "Los fotogramas no caben en la imagen.",
      noSprite: "No existe ese sprite.",
      noMessage: "No existe ese mensaje.",
      nothingThere: "No hay nada en esta dirección.",
      noAccount: "No existe esa cuenta.",
      noEntry: "No existe esa línea del registro.",
      noBan: "Ese veto no existe, o ya se levantó.",
      noMute: "Ese silencio no existe, o ya se levantó.",
      lineGone: "Esta línea ya no espera.",
      noNote: "No existe esa nota.",
      noService: "No existe ese bot. Puede que ya se haya revocado.",
      noReport: "No existe ese aviso.",
      noLoadTest: "No existe esa prueba de carga.",
      noWebhook: "No existe ese webhook. Puede que ya se haya quitado.",
      noPicture: "No existe esa imagen.",
      gone: "Ya no existe.",
      addressForm: "Una dirección es como 192.168.1.20, y un bloque de ellas como 192.168.1.0/24.",
      wideBlock:
        "Este bloque es tan grande que deja fuera a casi todo el mundo. Veta uno menor, /{{widest}} como mucho.",
      hookAddress: "Una dirección es como https://example.org/hook.",
      hookCredentials: "La dirección no puede llevar nombre de usuario ni contraseña.",
      hookUnknownName: "Nadie conoce el nombre {{name}}.",
      hookPrivate:
        "{{name}} lleva a una red privada. El ajuste WEBHOOK_PRIVATE_HOSTS puede permitirlo con ese nombre.",
      hookUnreached: "No hay conexión: {{why}}.",
      hookAuthorities:
        "Este equipo no tiene lista de autoridades de certificación, así que no se puede comprobar https.",
      hookBroken: "El otro lado cortó: {{why}}.",
      hookSilent: "Sin respuesta en {{seconds}} segundos.",
      hookElsewhere:
        "Se envió a otro sitio (una redirección), y nadie la sigue. Escribe la dirección a la que lleva.",
      hookAnswered: "Respondió {{status}}.",
      databaseSilent: "La base de datos no responde. El chat se guarda en memoria hasta que lo haga.",
      certificate:
        "Los navegadores no aceptan el certificado, o no se puede usar uno nuevo: el registro dice qué hacer.",
      notWell: "{{check}} no funciona como debería.",
      putOutUnrecorded: "Se ha echado al jugador, pero no se ha podido anotar.",
      allPutOutUnrecorded: "Se ha echado a todos, pero no se ha podido anotar.",
      neighbours:
        "Otro servidor usa la misma base de datos y no sabe nada de este: un veto en uno no vale en el otro. El diario dice qué hacer.",
      lookingForNodes: "Este nodo está buscando a los demás.",
      redisAddress: "REDIS_URL no es una dirección de Redis. Escribe redis://:CONTRASEÑA@EQUIPO:PUERTO/BASE.",
      redisAway:
        "No se llega a Redis ({{why}}). Comprueba que funciona y que REDIS_URL nombra su equipo y su puerto.",
      redisClosed: "Redis cerró la conexión. Comprueba que funciona; el próximo intento viene por sí solo.",
      redisSilent: "Redis no responde a tiempo. Comprueba su carga y la red de por medio.",
      redisPassword: "Redis no acepta la contraseña. Pon la correcta en REDIS_URL o REDIS_PASSWORD.",
      redisDatabase:
        "Redis no tiene una base con ese número. Elige una que tenga en REDIS_URL o REDIS_DB; 0 sirve siempre.",
      redisOld: "Este Redis es el {{version}}, y hace falta la versión 7 o una más nueva. Actualiza Redis.",
      redisUser:
        "El usuario de Redis no puede hacer lo que los nodos necesitan. Permíteselo en Redis: {{command}}",
      redisReadOnly: "Redis no acepta cambios ({{why}}). Apunta REDIS_URL al primario y comprueba su disco.",
      redisFull: "Redis está lleno: ha usado todo su maxmemory. Dale más, o un Redis propio a este mundo.",
      redisNotReady: "Redis no está listo ({{why}}). El próximo intento viene por sí solo.",
      redisTls: "Este Redis habla TLS. Escribe rediss:// en lugar de redis:// en REDIS_URL.",
      redisNoTls:
        "Este Redis no habla TLS en ese puerto. Escribe redis:// en lugar de rediss:// en REDIS_URL, o nombra el puerto que sí lo habla.",
      redisCertificate:
        "El certificado de Redis no es de confianza ({{why}}). Nombra en SSL_CERT_FILE un archivo con la autoridad que lo firmó, y comprueba que REDIS_URL tiene el equipo para el que se hizo.",
      redisWantsCertificate:
        "Redis pide un certificado a sus clientes, y los nodos no lo tienen. Pon tls-auth-clients no en Redis, y una contraseña.",
      redisEmpty:
        "Redis está vacío y este nodo aún no conoce a los demás. Primero les da un momento para volver.",
      redisOtherSecret:
        "Los demás nodos de este mundo usan otro JWT_SECRET. Da el mismo a todos, o a este su propio REDIS_PREFIX.",
      redisOtherDatabase:
        "Los demás nodos de este mundo usan otra base de datos. Da la misma DATABASE_URL a todos, o a este su propio REDIS_PREFIX.",
      redisForgot: "Redis olvidó este nodo, como tras una pausa. Se presenta de nuevo.",
      redisNonsense:
        "Redis dio una respuesta que aquí no tiene sentido ({{why}}). Comprueba que nadie más usa este REDIS_PREFIX.",
      redisEvicts:
        "Redis tira lo que comparten los nodos cuando su memoria se llena (maxmemory-policy {{policy}}). Pon maxmemory-policy noeviction en Redis.",
    },
    why: {
      "connection refused": "allí no responde nadie",
      "connection reset by peer": "el otro lado cortó",
      "connection timed out": "tardó demasiado",
      "network is unreachable": "no se llega a esa red",
      "no route to host": "no hay camino hasta allí",
    },
    accepts: {
      textAtMost: "un texto de {{most}} caracteres como mucho",
      text: "un texto de {{least}} a {{most}} caracteres",
      whole: "un número entero de {{least}} a {{most}}",
      milliseconds: "un número entero de milisegundos de {{least}} a {{most}}",
      above0: "un número mayor que 0, y 1000000 como mucho",
      pin: "de 4 a 32 letras, cifras o signos sin espacios, o nada",
      switch: "sí o no",
    },
  },
};
