#pragma once

#include <ATen/Context.h>
#include <ATen/core/Generator.h>
#include <QtGlobal>

namespace espalier {

/// A generator of its own on that device: what it gives depends on the seed alone.
inline at::Generator generatorFor(const at::Device& device, quint64 seed)
{
    at::Generator generator = at::globalContext().defaultGenerator(device).clone();
    generator.set_current_seed(seed);
    return generator;
}

} // namespace espalier
