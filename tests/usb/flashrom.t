# A client that nobody here wrote, on the same model: flashrom reads, writes and verifies an SPI
# flash of 256 KiB behind the FT232H.

$ seq 100000 | head -c 262144 >old.bin; tr 0-9 a-j <old.bin | dd bs=4096 count=3 >three 2>/dev/null; cp old.bin new.bin; dd if=three of=new.bin bs=4096 seek=5 conv=notrunc 2>/dev/null; cp old.bin flash.bin
$ ft232h_umockdev -f flash.bin -- flashrom -p ft2232_spi:type=232H -r read.bin | grep -E '^(Found|Reading)'; cmp old.bin read.bin && echo same
| Found Winbond flash chip "W25X20" (256 kB, SPI) on ft2232_spi.
| Reading flash... done.
| same

$ ft232h_umockdev -f flash.bin -- flashrom -p ft2232_spi:type=232H -w new.bin | grep -E '^(Erasing|Verifying)'; cmp new.bin flash.bin && echo same
$ cmp -l old.bin flash.bin | wc -l
| Erasing and writing flash chip... Erase/write done.
| Verifying flash... VERIFIED.
| same
| 10408

$ ft232h_umockdev -f flash.bin -- flashrom -p ft2232_spi:type=232H -E | grep -E '^(Erasing)'; tr -d '\377' <flash.bin | wc -c
| Erasing and writing flash chip... Erase/write done.
| 0
