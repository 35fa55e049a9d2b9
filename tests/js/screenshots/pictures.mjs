// Goes through screens and devices; one that fails is named and the others go on.

/** `wanted`: parts of the names to take, all when empty. `take` gets screen, device and the picture's name. */
export async function takePictures(screens, devices, wanted, take) {
  for (const screen of screens) {
    for (const [kind, device] of Object.entries(devices)) {
      const name = `${screen.name}-${kind}`;
      if (screen.only && ![screen.only].flat().includes(kind)) continue;
      if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue;
      try {
        await take(screen, device, name);
      } catch (error) {
        process.exitCode = 1;
        console.error(`${name}: ${error.message}`);
      }
    }
  }
}
