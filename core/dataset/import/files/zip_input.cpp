#include "core/dataset/import/files/zip_input.h"

#include <algorithm>
#include <cstring>

namespace espalier {

struct ZipInput::Callbacks {
    static ZipInput* of(voidpf stream) { return static_cast<ZipInput*>(stream); }

    static voidpf open(voidpf, voidpf file, int) { return file; }
    static int close(voidpf, voidpf) { return 0; }
    static int error(voidpf, voidpf) { return 0; }
    static ZPOS64_T tell(voidpf, voidpf stream) { return ZPOS64_T(of(stream)->m_position); }

    static uLong read(voidpf, voidpf stream, void* buffer, uLong size)
    {
        ZipInput* input = of(stream);
        const qint64 count =
            input->readAt(input->m_position, static_cast<char*>(buffer), qint64(size));
        input->m_position += count;
        return uLong(count);
    }

    static int seek(voidpf, voidpf stream, ZPOS64_T offset, int origin)
    {
        ZipInput* input = of(stream);
        const qint64 size = input->m_size;
        const qint64 base = origin == ZLIB_FILEFUNC_SEEK_SET   ? 0
                            : origin == ZLIB_FILEFUNC_SEEK_CUR ? input->m_position
                                                               : size;
        const qint64 position = qint64(quint64(base) + offset);
        if (position < 0 || position > size)
            return -1;
        input->m_position = position;
        return 0;
    }
};

ZipInput::~ZipInput()
{
    if (m_handle)
        unzClose(m_handle);
}

unzFile ZipInput::open()
{
    if (!m_file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return nullptr;
    m_size = m_file.size();
    zlib_filefunc64_def functions{};
    functions.zopen64_file = &Callbacks::open;
    functions.zread_file = &Callbacks::read;
    functions.ztell64_file = &Callbacks::tell;
    functions.zseek64_file = &Callbacks::seek;
    functions.zclose_file = &Callbacks::close;
    functions.zerror_file = &Callbacks::error;
    functions.zfakeclose_file = &Callbacks::close;
    m_handle = unzOpen2_64(this, &functions);
    return m_handle;
}

qint64 ZipInput::readAt(qint64 offset, char* target, qint64 size)
{
    qint64 done = 0;
    while (done < size) {
        const qint64 place = offset + done;
        const QByteArray& bytes = block(place / BlockSize);
        const qint64 count = std::min(size - done, bytes.size() - place % BlockSize);
        if (count <= 0)
            break;
        std::memcpy(target + done, bytes.constData() + place % BlockSize, size_t(count));
        done += count;
    }
    return done;
}

const QByteArray& ZipInput::block(qint64 number)
{
    Block& block = m_blocks[size_t(number) % m_blocks.size()];
    if (block.number != number) {
        block.bytes.resize(BlockSize);
        const qint64 count =
            m_file.seek(number * BlockSize) ? m_file.read(block.bytes.data(), BlockSize) : 0;
        block.bytes.resize(std::max<qint64>(count, 0));
        block.number = number;
    }
    return block.bytes;
}

} // namespace espalier
