#include "core/graph/activations.h"

namespace espalier {

std::span<const EnumName<Activation>> enumNames(Activation)
{
    static constexpr EnumName<Activation> names[] = {
        {Activation::Linear, u"linear", u"Linear"},
        {Activation::ReLU, u"relu", u"ReLU"},
        {Activation::Swish, u"swish", u"Swish"},
        {Activation::Sigmoid, u"sigmoid", u"Sigmoid"},
        {Activation::Softmax, u"softmax", u"Softmax"},
        {Activation::TanH, u"tanh", u"TanH"},
        {Activation::GELU, u"gelu", u"GELU"},
        {Activation::ELU, u"elu", u"ELU"},
        {Activation::LeakyReLU, u"leaky_relu", u"Leaky ReLU"},
    };
    return names;
}

std::span<const EnumName<Initializer>> enumNames(Initializer)
{
    static constexpr EnumName<Initializer> names[] = {
        {Initializer::GlorotUniform, u"glorot_uniform", u"Glorot uniform"},
        {Initializer::GlorotNormal, u"glorot_normal", u"Glorot normal"},
        {Initializer::HeUniform, u"he_uniform", u"He uniform"},
        {Initializer::HeNormal, u"he_normal", u"He normal"},
        {Initializer::LecunUniform, u"lecun_uniform", u"LeCun uniform"},
        {Initializer::LecunNormal, u"lecun_normal", u"LeCun normal"},
        {Initializer::Zeros, u"zeros", u"Zeros"},
        {Initializer::Ones, u"ones", u"Ones"},
    };
    return names;
}

std::span<const EnumName<Padding>> enumNames(Padding)
{
    static constexpr EnumName<Padding> names[] = {
        {Padding::Same, u"same", u"Same"},
        {Padding::Valid, u"valid", u"Valid"},
    };
    return names;
}

std::span<const EnumName<Interpolation>> enumNames(Interpolation)
{
    static constexpr EnumName<Interpolation> names[] = {
        {Interpolation::Nearest, u"nearest", u"Nearest"},
        {Interpolation::Bilinear, u"bilinear", u"Bilinear"},
    };
    return names;
}

} // namespace espalier
