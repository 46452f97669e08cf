#include "core/base/random.h"
#include "core/nn/torch/blocks/block_builders.h"
#include "core/nn/torch/blocks/network_block.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/affine_grid_generator.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/grid_sampler.h>
#include <array>
#include <cmath>
#include <numbers>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

/// How far images may be changed, each by itself.
struct RandomTransformation {
    bool flipHorizontal = false;
    bool flipVertical = false;
    double shift = 0;      ///< part of width and height
    double rotation = 0;   ///< radians
    double zoom = 0;       ///< part of the size
    double crop = 0;       ///< part of width and height that is cut away
    double brightness = 0; ///< part of the range of the image's values

    [[nodiscard]] bool moves() const
    {
        return flipHorizontal || flipVertical || shift > 0 || rotation > 0 || zoom > 0;
    }
};

RandomTransformation transformationOf(const Parameters& parameters)
{
    constexpr double Percent = 0.01;
    return {parameters.flag(u"flip_horizontal"_s),
            parameters.flag(u"flip_vertical"_s),
            parameters.real(u"shift"_s) * Percent,
            parameters.real(u"rotation"_s) * std::numbers::pi / 180,
            parameters.real(u"zoom"_s) * Percent,
            parameters.real(u"crop"_s) * Percent,
            parameters.real(u"brightness"_s) * Percent};
}

double mirrored(bool flip, Random& random)
{
    return flip && random.uniform() < 0.5 ? -1 : 1;
}

/// From places of the result to places of the image, both from -1 to 1 along width and height.
std::array<double, 6> drawPlacement(const RandomTransformation& t, double aspect, Random& random)
{
    const double flipX = mirrored(t.flipHorizontal, random);
    const double flipY = mirrored(t.flipVertical, random);
    const double angle = random.uniform(-t.rotation, t.rotation);
    const double scale = 1 / (1 + random.uniform(-t.zoom, t.zoom));
    const double shiftX = 2 * random.uniform(-t.shift, t.shift);
    const double shiftY = 2 * random.uniform(-t.shift, t.shift);
    const double cosine = std::cos(angle) * scale;
    const double sine = std::sin(angle) * scale;
    return {cosine * flipX,        -sine / aspect * flipY, shiftX,
            sine * aspect * flipX, cosine * flipY,         shiftY};
}

/// What is taken from places outside of an image.
enum class Outside : int64_t { Zeros = 0, NearestPixel = 1 }; // as at::grid_sampler numbers them

/// Each image resampled by a placement of its own.
template <typename Draw>
at::Tensor resampled(const at::Tensor& x, Outside outside, const Draw& drawNext)
{
    at::Tensor placements = at::empty({x.size(0), 2, 3});
    float* next = placements.data_ptr<float>();
    for (int64_t i = 0; i < x.size(0); ++i)
        for (const double value : drawNext())
            *next++ = static_cast<float>(value);
    constexpr int64_t Bilinear = 0;
    const at::Tensor grid = at::affine_grid_generator(placements.to(x.device()), x.sizes(), false);
    return at::grid_sampler(x, grid, Bilinear, static_cast<int64_t>(outside), false);
}

at::Tensor moved(const at::Tensor& x, const RandomTransformation& t, Random& random)
{
    const double aspect = static_cast<double>(x.size(3)) / static_cast<double>(x.size(2));
    return resampled(x, Outside::Zeros, [&] { return drawPlacement(t, aspect, random); });
}

at::Tensor cropped(const at::Tensor& x, double crop, Random& random)
{
    return resampled(x, Outside::NearestPixel, [&] {
        const double x0 = random.uniform(-crop, crop);
        const double y0 = random.uniform(-crop, crop);
        return std::array<double, 6>{1 - crop, 0, x0, 0, 1 - crop, y0};
    });
}

at::Tensor brightened(const at::Tensor& x, double brightness, Random& random)
{
    at::Tensor parts = at::empty({x.size(0), 1, 1, 1});
    std::generate_n(parts.data_ptr<float>(), x.size(0),
                    [&] { return static_cast<float>(random.uniform(-brightness, brightness)); });
    const std::array<int64_t, 3> image{1, 2, 3};
    return x + parts.to(x.device()) * (x.amax(image, true) - x.amin(image, true));
}

NetworkBlock transformationBlock(const RandomTransformation& t)
{
    return {{}, [t](const auto& inputs, const ForwardContext& context) {
                if (!context.training)
                    return inputs[0];
                Random random(context.seed);
                at::Tensor x = inputs[0].to(at::kFloat);
                if (t.moves())
                    x = moved(x, t, random);
                if (t.crop > 0)
                    x = cropped(x, t.crop, random);
                if (t.brightness > 0)
                    x = brightened(x, t.brightness, random);
                return x;
            }};
}

NetworkBlock buildRandomTransformation(const BlockSpec& spec)
{
    return transformationBlock(transformationOf(spec.parameters));
}

/// The batch as it is, or its images flipped and shifted a little.
NetworkBlock buildInput(const BlockSpec& spec)
{
    if (spec.parameters.flag(u"augmentation"_s) && spec.output.rank() == 3)
        return transformationBlock({.flipHorizontal = true, .shift = 0.1});
    return {{}, [](const auto& inputs, const auto&) { return inputs[0]; }};
}

} // namespace

std::span<const BuilderEntry> augmentationBuilders()
{
    static constexpr std::array<BuilderEntry, 2> entries{{
        {QLatin1String("input"), buildInput},
        {QLatin1String("random_transformation"), buildRandomTransformation},
    }};
    return entries;
}

} // namespace espalier
